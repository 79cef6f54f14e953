using System.IO.Compression;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Compensation;

public sealed class ClaimMaterialTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor maker = null!;
    private ClaimKey claim = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
        claim = await portal.ClaimAsync("B001", ClaimState.Draft, ("features", "green"), ("security", "guarantee"));
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Checklist_OfALoan_NeedsWhatItsTermsAskFor()
    {
        IReadOnlyList<MaterialLine> lines = (await ShownAsync()).Materials;

        lines.Where(line => line.IsNeeded).Select(line => line.Rule.Code).ShouldBe(["claim_form", "contract", "note", "payment_proof", "class_approval", "balance_statement",
            "credit_report", "feature_proof", "use_of_funds", "collection_record", "no_other_support"]);
        lines.Where(line => !line.IsNeeded).Select(line => (line.Rule.Code, line.State)).ShouldBe(
            [("qualification_proof", MaterialState.Empty), ("credit_line_proof", MaterialState.Empty), ("other", MaterialState.Empty)]);
    }

    [Fact]
    public async Task UploadMaterials_Several_StandInTheirLineAndAreAHand()
    {
        TestActor second = await portal.MakerAsync();

        (await UploadAsync(second, "other", Pdf("一"), Pdf("二"))).Value.ShouldBe(2);

        MaterialLine line = (await ShownAsync()).Materials.Single(line => line.Rule.Code == "other");
        (line.State, line.Files.Count, line.Files[0].Name).ShouldBe((MaterialState.Present, 2, "材料.pdf"));
        (await ShownAsync()).Claim.Hands.ShouldContain(second.Person);
    }

    [Fact]
    public async Task UploadMaterials_TheSameTwice_IsRefused()
    {
        await UploadAsync(maker, "other", Pdf("一"));

        (await UploadAsync(maker, "other", Pdf("一"))).Problems.ShouldHaveSingleItem().Code.ShouldBe("exists");
    }

    [Fact]
    public async Task UploadMaterials_ToALineOfThePaymentOrNone_IsRefused()
    {
        (await UploadAsync(maker, "account_letter", Pdf("一"))).Problems.ShouldHaveSingleItem().Field.ShouldBe("code");
        (await UploadAsync(maker, "nonsense", Pdf("一"))).Problems.ShouldHaveSingleItem().Field.ShouldBe("code");
    }

    [Fact]
    public async Task UploadMaterials_BeyondFifty_IsRefused()
    {
        byte[][] forty = [.. Enumerable.Range(0, 39).Select(n => Pdf($"{n}"))];
        (await UploadAsync(maker, "other", forty)).Succeeded.ShouldBeTrue();

        (await UploadAsync(maker, "other", Pdf("再一"))).Problems.ShouldHaveSingleItem().Message.Zh.ShouldContain("最多 50 份");
    }

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "html", "<html><script>alert(1)</script>"u8.ToArray() },
        { "macro", Office(("word/document.xml", "<w/>"), ("word/vbaProject.bin", "x")) },
        { "OLE object", Office(("word/document.xml", "<w/>"), ("word/embeddings/oleObject1.bin", "x")) },
        { "ActiveX", Office(("xl/workbook.xml", "<w/>"), ("xl/activeX/activeX1.xml", "x")) },
        { "external workbook", Office(("xl/workbook.xml", "<w/>"), ("xl/externalLinks/externalLink1.xml", "x")) },
        { "template from elsewhere", Office(("word/document.xml", "<w/>"), ("word/_rels/settings.xml.rels", Relation("attachedTemplate"))) },
        { "picture from elsewhere", Office(("word/document.xml", "<w/>"), ("word/_rels/document.xml.rels", Relation("image"))) },
        { "entities", Office(("word/document.xml", "<w/>"), ("word/_rels/document.xml.rels", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")) },
        { "zip bomb", Office(("word/document.xml", "<w/>"), ("word/media/a.bmp", new string('0', 30 << 20))) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task UploadMaterials_Hostile_IsNotKept(string what, byte[] content)
    {
        long before = await portal.Database.ScalarAsync<long>("select count(*) from loan.file");

        Outcome<int> outcome = await UploadAsync(maker, "other", content);

        outcome.Problems.ShouldHaveSingleItem(what).Code.ShouldBe("format", what);
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.file")).ShouldBe(before);
    }

    [Fact]
    public async Task UploadMaterials_AnOfficeFileWithAHyperlink_IsTaken() =>
        (await UploadAsync(maker, "other", Office(("word/document.xml", "<w/>"), ("word/_rels/document.xml.rels", Relation("hyperlink"))))).Succeeded.ShouldBeTrue();

    [Fact]
    public async Task Materials_OnceWithTheChecker_StayAsTheyAre()
    {
        ClaimKey checking = await portal.ClaimAsync("B001", ClaimState.Checking);
        long file = await portal.Database.ScalarAsync<long>("select min(file_id) from compensation.material where claim_id = $1", checking.Id);

        Outcome<int> upload = await UploadAsync(maker, "other", Pdf("一"), checking.Id);
        Outcome<long> withdrawal = await portal.SendAsync(maker, new WithdrawMaterial.Command(checking.Id, file));

        upload.Refusal!.Words.Zh.ShouldContain("行内待复核");
        withdrawal.Refusal!.Words.Zh.ShouldContain("行内待复核");
    }

    [Fact]
    public async Task WithdrawMaterial_OfANeededLine_MakesItMissing()
    {
        long file = await portal.Database.ScalarAsync<long>("select file_id from compensation.material where claim_id = $1 and code = 'note'", claim.Id);

        (await portal.SendAsync(maker, new WithdrawMaterial.Command(claim.Id, file))).Succeeded.ShouldBeTrue();

        (await portal.SendAsync(maker, new SendToChecker.Command(claim.Id))).Problems.ShouldHaveSingleItem().Message.Zh.ShouldContain("借据");
        (await portal.SendAsync(maker, new WithdrawMaterial.Command(claim.Id, file))).IsNotFound.ShouldBeTrue();
    }

    [Fact]
    public async Task OpenMaterial_OfOthers_OnlyWhatWasSubmitted()
    {
        TestActor officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer), stranger = await portal.MakerAsync("B002");
        ClaimKey returned = await portal.ClaimAsync("B001", ClaimState.Returned);
        long submitted = await portal.Database.ScalarAsync<long>("select min(file_id) from compensation.material where claim_id = $1", returned.Id);
        await UploadAsync(maker, "other", Pdf("补充"), returned.Id);
        long added = await portal.Database.ScalarAsync<long>("select max(file_id) from compensation.material where claim_id = $1", returned.Id);
        await portal.SendAsync(maker, new WithdrawMaterial.Command(returned.Id, submitted));

        (await OpensAsync(officer, returned, submitted)).ShouldBeTrue();
        (await OpensAsync(officer, returned, added)).ShouldBeFalse();
        (await OpensAsync(maker, returned, added)).ShouldBeTrue();
        (await OpensAsync(stranger, returned, submitted)).ShouldBeFalse();
        (await portal.SendAsync(officer, new ShowClaim.Query(returned.Bank, returned.Id))).Value.Materials.SelectMany(line => line.Files).ShouldContain(file => file.File == submitted);
        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event where action = 'OpenMaterial'")).ShouldBe(2);
    }

    private static byte[] Pdf(string text) => System.Text.Encoding.UTF8.GetBytes("%PDF-1.7\n" + text);

    private static string Relation(string type) =>
        $"<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}\" Target=\"http://example.com/x\" TargetMode=\"External\"/></Relationships>";

    private static byte[] Office(params (string Name, string Text)[] parts)
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in parts)
            {
                using StreamWriter writer = new(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return file.ToArray();
    }

    private Task<Outcome<int>> UploadAsync(TestActor actor, string code, params byte[][] contents) => UploadAsync(actor, code, contents, claim.Id);

    private Task<Outcome<int>> UploadAsync(TestActor actor, string code, byte[] content, long to) => UploadAsync(actor, code, [content], to);

    private Task<Outcome<int>> UploadAsync(TestActor actor, string code, byte[][] contents, long to) =>
        portal.SendAsync(actor, new UploadMaterials.Command(to, code, [.. contents.Select(content => new UploadMaterials.Upload(new MemoryStream(content), "材料.pdf"))]));

    private async Task<ShowClaim.Answer> ShownAsync() => (await portal.SendAsync(maker, new ShowClaim.Query(claim.Bank, claim.Id))).Value;

    private async Task<bool> OpensAsync(TestActor actor, ClaimKey of, long file)
    {
        Outcome<OpenMaterial.Answer> opened = await portal.SendAsync(actor, new OpenMaterial.Command(of.Bank, of.Id, file));
        if (opened.Succeeded)
        {
            await opened.Value.Content.DisposeAsync();
        }

        return opened.Succeeded;
    }
}
