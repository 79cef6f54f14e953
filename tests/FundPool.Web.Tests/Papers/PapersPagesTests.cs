using System.Net;
using System.Text.RegularExpressions;
using FundPool.Application.Papers;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Papers;

public sealed partial class PapersPagesTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPortal cases = null!;
    private ClaimKey claim = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        cases = TestPortal.Over(portal.Database, portal.Clock);
        claim = await cases.ClaimAsync("B001", ClaimState.Submitted);
    }

    public async Task DisposeAsync()
    {
        await cases.DisposeAsync();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task ClaimForm_Downloaded_IsADocxUnderItsName()
    {
        using Visitor maker = await portal.SignedInAsync(await portal.AddAsync("B001", "maker", Role.Maker));

        Page file = await maker.GetAsync($"/papers/claims/{claim.Bank}/{claim.Id}/1");

        file.Status.ShouldBe(HttpStatusCode.OK);
        file.Headers["Content-Type"].ShouldBe(DocxRenderer.ContentType);
        Uri.UnescapeDataString(file.Headers["Content-Disposition"]).ShouldContain("filename*=UTF-8''深圳市小微企业贷款风险补偿资金池风险补偿申请表（B001-2026-");
        file.Headers["Cache-Control"].ShouldBe("no-store");
        file.Text.ShouldStartWith("PK");
    }

    [Fact]
    public async Task ClaimForm_ToPrint_ShowsWhatTheFileHolds()
    {
        using Visitor maker = await portal.SignedInAsync(await portal.AddAsync("B001", "maker", Role.Maker));

        Page page = await maker.GetAsync($"/papers/claims/{claim.Bank}/{claim.Id}/1?print=true");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("360,000.00元（大写：叁拾陆万元整）");
        page.Text.ShouldContain("逐条认定情况");
        page.Text.ShouldContain(Code().Match(page.Text).Value);
    }

    [Fact]
    public async Task ClaimPage_OfASubmittedClaim_LeadsToItsForm()
    {
        using Visitor maker = await portal.SignedInAsync(await portal.AddAsync("B001", "maker", Role.Maker));

        Page page = await maker.GetAsync($"/claims/{claim.Bank}/{claim.Id}");

        page.Text.ShouldContain($"href=\"/papers/claims/{claim.Bank}/{claim.Id}/1?print=true\"");
    }

    [Fact]
    public async Task ClaimForm_OfAnotherBank_IsNotFound()
    {
        using Visitor other = await portal.SignedInAsync(await portal.AddAsync("B002", "maker", Role.Maker));

        (await other.GetAsync($"/papers/claims/{claim.Bank}/{claim.Id}/1")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync($"/papers/claims/{claim.Bank}/{claim.Id}/1?print=true")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Auditor_BeforeAnybodyOpenedThePaper_IsToldSo()
    {
        using Visitor auditor = await portal.SignedInAsync(await portal.AddAsync("SJJ", "auditor", Role.Auditor));

        Page page = await auditor.GetAsync($"/papers/claims/{claim.Bank}/{claim.Id}/1");

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("文书尚未出具");
    }

    [Fact]
    public async Task Verification_WithoutSigningIn_SaysWhetherThePaperIsGenuine()
    {
        PaperFile file = (await cases.SendAsync(await cases.MakerAsync(), new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Value;
        using Visitor anybody = portal.Visit();

        Page page = await anybody.GetAsync($"/verify/{file.Paper.Stamp.Code}");

        page.Text.ShouldContain("本文书由本平台出具");
        page.Text.ShouldContain(file.Sha256);
        page.Text.ShouldContain("甲银行深圳分行");
        // The register says nothing about the borrower or the people who wrote and checked it.
        page.Text.ShouldNotContain("示例科技");
        page.Text.ShouldNotContain("B001Maker");
        (await anybody.UploadAsync($"/verify/{file.Paper.Stamp.Code}", "表.docx", file.Docx)).Text.ShouldContain("""data-said="same"><div""");
        file.Docx[^1] ^= 1;
        (await anybody.UploadAsync($"/verify/{file.Paper.Stamp.Code}", "表.docx", file.Docx)).Text.ShouldContain("""data-said="other"><div""");
        (await anybody.PostAsync($"/verify/{file.Paper.Stamp.Code}", [])).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("0ABCDE-FGHJK-MNPQR-STVWX-YZ012")]
    [InlineData("shenzhen-2024")]
    [InlineData("a%00b")]
    [InlineData("%3Cscript%3E")]
    public async Task Verification_OfAnUnknownCode_AlwaysSaysTheSame(string code)
    {
        using Visitor anybody = portal.Visit();

        Page page = await anybody.GetAsync($"/verify?code={code}");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("没有查到这个核验码");
    }

    [Fact]
    public async Task Verification_AskedTooOften_IsPausedForThatAddressAlone()
    {
        using Visitor script = portal.Visit("10.9.9.9");
        Page last = null!;
        for (int i = 0; i <= 120; i++)
        {
            last = await script.GetAsync("/verify");
        }

        last.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        using Visitor other = portal.Visit("10.9.9.8");
        (await other.GetAsync("/verify")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task PublicPaper_OfABank_IsNotPublic()
    {
        PaperFile file = (await cases.SendAsync(await cases.MakerAsync(), new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Value;
        using Visitor anybody = portal.Visit();

        (await anybody.GetAsync($"/public/shenzhen/papers/{file.Paper.Stamp.Code}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.GetAsync("/public/elsewhere/papers/x")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [GeneratedRegex("[0-7][0-9A-Z]{5}(-[0-9A-Z]{5}){4}")]
    private static partial Regex Code();
}
