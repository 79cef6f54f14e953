using System.Diagnostics;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using FundPool.Application.Papers;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Papers;

/// <summary>The same paper is the same bytes, whoever renders it; nothing that people type breaks a file.</summary>
public sealed class DocxBytesTests
{
    [Fact]
    public void Render_Twice_GivesTheSameBytes()
    {
        Paper paper = SamplePapers.Letter(50);

        DocxRenderer.Render(PaperText.Read(PaperText.Write(paper))).ShouldBe(DocxRenderer.Render(paper));
    }

    [Fact]
    public async Task Render_InAnotherProcess_GivesTheSameBytes()
    {
        // The tests' own Main renders the sample and writes its digest (Worker).
        ProcessStartInfo start = new("dotnet", [typeof(DocxBytesTests).Assembly.Location, SamplePapers.Verb]) { RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "tr_TR.UTF-8";
        start.Environment["TZ"] = "America/New_York";
        using Process other = Process.Start(start)!;
        string digest = (await other.StandardOutput.ReadToEndAsync()).Trim();
        await other.WaitForExitAsync();

        digest.ShouldBe(SamplePapers.Digest());
    }

    [Fact]
    public void Render_OnAnyDay_WritesNoTimeOfItsOwn()
    {
        using ZipArchive zip = new(new MemoryStream(DocxRenderer.Render(SamplePapers.Letter())));

        zip.Entries.Select(entry => entry.LastWriteTime.DateTime).Distinct().ShouldBe([new DateTime(1980, 1, 1)]);
        zip.Entries[0].FullName.ShouldBe("[Content_Types].xml");
        using StreamReader core = new(zip.GetEntry("docProps/core.xml")!.Open());
        core.ReadToEnd().ShouldContain("2026-03-01T00:00:00Z");
    }

    [Theory]
    [InlineData("\u0000\u0001\u000B\u001F控制")]
    [InlineData("\uD800半个字符\uDC00")]
    [InlineData("\uFFFE\uFFFF")]
    [InlineData("=1+1 <w:p>&lt;]]>\"'&")]
    [InlineData("😀𠮷野家\u202Eabc\u200F")]
    [InlineData("行一\r\n行二\t制表")]
    public void Render_WithHostileText_GivesAFileThatOpens(string text)
    {
        Paper paper = SamplePapers.Letter(2, text) with
        {
            Signer = text, Head = text, Number = text, Addressee = text, Title = [text],
            Body = [Line.Of(text), new Line(LineLevel.First, text), new Facts([new Fact(text, text), new Fact(text, text, IsWide: true)])],
        };

        string shown = Opened(DocxRenderer.Render(paper));

        shown.ShouldContain(PaperText.Clean(text));
    }

    [Fact]
    public void Render_WithTenThousandCharacters_KeepsThemAll()
    {
        string text = string.Concat(Enumerable.Repeat("长文本", 3_334));

        Opened(DocxRenderer.Render(SamplePapers.Letter(1, text))).ShouldContain(text);
    }

    [Fact]
    public void FileName_OfAnyTitle_HoldsNoMarkOfAPath() =>
        DocxRenderer.FileName(SamplePapers.Letter() with { Title = ["../a\\b:c*?\"<>|"], Number = "1/2" }).ShouldBe("..abc（12）.docx");

    private static string Opened(byte[] docx)
    {
        using WordprocessingDocument file = WordprocessingDocument.Open(new MemoryStream(docx), isEditable: false);
        new OpenXmlValidator(FileFormatVersions.Office2016).Validate(file).Select(error => error.Description).ShouldBeEmpty();
        return string.Join('\n', file.MainDocumentPart!.Document.Body!.Descendants<Text>().Select(t => t.Text));
    }
}
