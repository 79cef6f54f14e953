using System.IO.Compression;
using System.Text;
using FundPool.Application.Documents;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Documents;

public sealed class DocumentTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor maker = null!;
    private long loan;

    private int Bank => portal.Bank("B001");

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
        loan = await portal.RegisterAsync(maker, "JJ-1");
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Document_Attached_ComesBackByteForByte()
    {
        byte[] content = [.. "%PDF-1.7\n"u8, .. Enumerable.Range(0, 3 << 20).Select(n => (byte)(n * 31))];

        Outcome<long> document = await AttachAsync(content, "合同.pdf");

        OpenDocument.Answer opened = (await portal.SendAsync(maker, new OpenDocument.Command(Bank, document.Value))).Value;
        await using FileStream file = opened.Content;
        using MemoryStream copy = new();
        await file.CopyToAsync(copy);
        copy.ToArray().SequenceEqual(content).ShouldBeTrue();
        (opened.Name, opened.ContentType).ShouldBe(("合同.pdf", "application/pdf"));
    }

    [Theory]
    [InlineData("../../etc/合同.exe", "合同.pdf")]
    [InlineData("C:\\账\\a<b>:c.html", "abc.pdf")]
    [InlineData("\u0007.pdf", "document.pdf")]
    public async Task FileName_IsCleaned_AndSaysWhatTheContentIs(string name, string kept)
    {
        Outcome<long> document = await AttachAsync("%PDF-1.7"u8.ToArray(), name);

        OpenDocument.Answer opened = (await portal.SendAsync(maker, new OpenDocument.Command(Bank, document.Value))).Value;
        await opened.Content.DisposeAsync();
        opened.Name.ShouldBe(kept);
    }

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "html", Encoding.UTF8.GetBytes("<html><script>alert(1)</script>") },
        { "exe", [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0, 4, 0] },
        { "zip that is no Office file", Zip("a.txt") },
        { "macro", Zip("word/document.xml", "word/vbaProject.bin") },
        { "truncated zip", [(byte)'P', (byte)'K', 3, 4, 0, 0] },
        { "a PDF with something before it", [0, .. "%PDF-1.7"u8] },
        { "svg", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>") },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Content_ThatIsNotTaken_IsSentBack(string what, byte[] content)
    {
        Outcome<long> outcome = await AttachAsync(content, "合同.pdf");

        outcome.Problems.ShouldContain(p => p.Field == "file" && p.Code == "format", what);
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.file")).ShouldBe(0);
    }

    [Fact]
    public async Task OfficeFiles_AndPictures_AreTaken()
    {
        foreach (byte[] content in (byte[][])[Zip("word/document.xml"), Zip("xl/workbook.xml"), [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0], [0x89, .. "PNG"u8, 0x0D, 0x0A, 0x1A, 0x0A]])
        {
            (await AttachAsync(content, "a")).Succeeded.ShouldBeTrue();
        }

        (await portal.SendAsync(maker, new ShowLoan.Query(Bank, loan))).Value.Documents.Select(d => d.File.Name).ShouldBe(["a.docx", "a.xlsx", "a.jpg", "a.png"]);
    }

    [Fact]
    public async Task EmptyFile_AndMissingTitle_AreNamed()
    {
        await using MemoryStream nothing = new();

        Outcome<long> outcome = await portal.SendAsync(maker, new AttachDocument.Command(loan, nothing, "a.pdf", " "));

        outcome.Problems.Select(p => $"{p.Field} {p.Code}").ShouldBe(["title required", "file range", "file format"]);
    }

    [Fact]
    public async Task Document_Withdrawn_IsGoneFromThePage_AndItsFileStays()
    {
        long document = (await AttachAsync("%PDF-1.7"u8.ToArray(), "a.pdf")).Value;

        (await portal.SendAsync(maker, new WithdrawDocument.Command(document))).Value.ShouldBe(loan);

        (await portal.SendAsync(maker, new ShowLoan.Query(Bank, loan))).Value.Documents.ShouldBeEmpty();
        (await portal.SendAsync(maker, new OpenDocument.Command(Bank, document))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(maker, new WithdrawDocument.Command(document))).IsNotFound.ShouldBeTrue();
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.file")).ShouldBe(1);
    }

    [Fact]
    public async Task Document_OfAnotherBank_IsNotFound()
    {
        long document = (await AttachAsync("%PDF-1.7"u8.ToArray(), "a.pdf")).Value;
        TestActor stranger = await portal.MakerAsync("B002");
        await using MemoryStream pdf = new([.. "%PDF-1.7"u8]);

        (await portal.SendAsync(stranger, new OpenDocument.Command(Bank, document))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new OpenDocument.Command(portal.Bank("B002"), document))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new WithdrawDocument.Command(document))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new AttachDocument.Command(loan, pdf, "a.pdf", "他行"))).IsNotFound.ShouldBeTrue();
        OpenDocument.Answer seen = (await portal.SendAsync(await portal.ReviewerAsync(), new OpenDocument.Command(Bank, document))).Value;
        await seen.Content.DisposeAsync();
    }

    private async Task<Outcome<long>> AttachAsync(byte[] content, string name)
    {
        await using MemoryStream stream = new(content);
        return await portal.SendAsync(maker, new AttachDocument.Command(loan, stream, name, "借款合同"));
    }

    private static byte[] Zip(params string[] parts)
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string part in parts)
            {
                using Stream stream = zip.CreateEntry(part).Open();
                stream.Write("x"u8);
            }
        }

        return file.ToArray();
    }
}
