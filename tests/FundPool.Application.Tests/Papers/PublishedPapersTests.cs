using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Application.Papers;
using FundPool.Application.Plans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;
using NoticeDesk = FundPool.Application.Tests.Notices.NoticeDesk;

namespace FundPool.Application.Tests.Papers;

/// <summary>Notices as papers: made when they are published, equal to what was frozen to the fen, open to everybody.</summary>
public sealed class PublishedPapersTests : IAsyncLifetime
{
    private static readonly TestActor Nobody = new(Acting.Identity, OrganisationKind.Platform, new HashSet<Permission> { Permission.Public });

    private NoticeDesk desk = null!;

    public async Task InitializeAsync() => desk = await NoticeDesk.OpenAsync();

    public Task DisposeAsync() => desk.DisposeAsync().AsTask();

    [Fact]
    public async Task Notice_Published_HasAPaperWhoseTableEqualsTheFrozenItems()
    {
        long notice = await desk.PublishedAsync(await desk.ApprovedAsync(), await desk.ApprovedAsync("B002"));

        PaperFile file = (await desk.Portal.SendAsync(Nobody, new OpenPublicPaper.Query("shenzhen", null, PaperKinds.Notice, notice))).Value;

        NoticeContent frozen = (await desk.Portal.SendAsync(Nobody, new ShowPublicNotice.Query("shenzhen", notice))).Value.Content;
        Grid grid = file.Paper.Annexes.ShouldHaveSingleItem().Body.OfType<Grid>().Single();
        grid.Rows.Select(row => (row[0], row[1], row[2], row[5])).ShouldBe(frozen.Items.Select(item => ($"{item.N}", item.Bank, item.Borrower, PaperText.Yuan(item.AmountFen))));
        grid.Rows.Select(row => row[5]).ShouldBe(["360,000.00", "360,000.00"]);
        grid.Total![5].ShouldBe("720,000.00");
        file.Paper.AmountFen.ShouldBe(frozen.Items.Sum(item => item.AmountFen));
        file.Paper.Number.ShouldBe(frozen.Number);
        file.Paper.Body.OfType<Line>().Select(line => line.Text).ShouldBe([.. frozen.Paragraphs, $"业务咨询：{frozen.Consult}", $"异议受理：{frozen.Object}"]);
        DocxRenderer.Render(file.Paper).ShouldBe(file.Docx);
        (await desk.Portal.SendAsync(Nobody, new OpenPublicPaper.Query("shenzhen", file.Paper.Stamp.Code))).Value.Sha256.ShouldBe(file.Sha256);
    }

    [Fact]
    public async Task Notice_OfANaturalPerson_NamesNobodyInFull()
    {
        long notice = await desk.PublishedAsync(await desk.ApprovedAsync("B001",
            ("borrower_name", "王小明"), ("borrower_id", "11010519491231002X"), ("borrower_kind", "owner"), ("product", "personal_business"), ("credit_line", "1000000.00")));

        PaperFile file = (await desk.Portal.SendAsync(Nobody, new OpenPublicPaper.Query("shenzhen", null, PaperKinds.Notice, notice))).Value;

        string text = PaperText.Write(file.Paper);
        text.ShouldContain("王*");
        text.ShouldNotContain("王小明");
        text.ShouldNotContain("19491231");
    }

    [Fact]
    public async Task Notice_Corrected_IsVerifiedAsReplacedByItsSuccessor()
    {
        long old = await desk.PublishedAsync(await desk.ApprovedAsync());
        PaperFile file = (await desk.Portal.SendAsync(Nobody, new OpenPublicPaper.Query("shenzhen", null, PaperKinds.Notice, old))).Value;
        (await desk.Portal.SendAsync(Nobody, new VerifyPaper.Query(file.Paper.Stamp.Code))).Paper!.Later.ShouldBeNull();

        string number = (await desk.PublishAsync((await desk.Portal.SendAsync(desk.Officer, new CorrectNotice.Command(old, "电话有误"))).Value)).Value;

        VerifyPaper.Known known = (await desk.Portal.SendAsync(Nobody, new VerifyPaper.Query(file.Paper.Stamp.Code))).Paper!;
        known.Later.ShouldBe(number);
        known.Pool.ShouldBe("shenzhen");
    }

    [Fact]
    public async Task Notice_OfADraftOrAnotherPool_HasNoPaper()
    {
        long draft = await desk.DraftAsync(await desk.BatchAsync(await desk.ApprovedAsync()));

        (await desk.Portal.SendAsync(Nobody, new OpenPublicPaper.Query("shenzhen", null, PaperKinds.Notice, draft))).IsNotFound.ShouldBeTrue();
        (await desk.Portal.SendAsync(Nobody, new OpenPublicPaper.Query("elsewhere", null, PaperKinds.Notice, draft))).IsNotFound.ShouldBeTrue();
    }

    [Fact]
    public async Task Plan_Issued_HasAPaperWhoseTableEqualsTheFrozenItems()
    {
        ClaimKey one = await desk.Portal.ClaimAsync("B001", ClaimState.Clear), two = await desk.Portal.ClaimAsync("B002", ClaimState.Clear);
        long plan = (await desk.Portal.SendAsync(desk.Officer, new DraftPlan.Command(new PlanFields(
            "风险补偿项目资助计划（2026年第一批）", "《实施细则》第二十条", [new ClaimRef(one.Bank, one.Id), new ClaimRef(two.Bank, two.Id)])))).Value;
        int version = (await desk.Portal.SendAsync(desk.Chief, new ShowPlan.Query(plan))).Value.Plan.RowVersion;
        (await desk.Portal.SendAsync(desk.Chief, new IssuePlan.Command(plan, version))).Succeeded.ShouldBeTrue();

        PaperFile file = (await desk.Portal.SendAsync(Nobody, new OpenPublicPaper.Query("shenzhen", null, PaperKinds.Plan, plan))).Value;

        PlanContent frozen = (await desk.Portal.SendAsync(desk.Chief, new ShowPlan.Query(plan))).Value.Content;
        Grid grid = file.Paper.Annexes.ShouldHaveSingleItem().Body.OfType<Grid>().Single();
        grid.Rows.Select(row => (row[0], row[1], row[2], row[5])).ShouldBe(frozen.Items.Select(item => ($"{item.N}", item.Bank, item.Borrower, PaperText.Yuan(item.AmountFen))));
        grid.Total![5].ShouldBe("720,000.00");
        file.Paper.AmountFen.ShouldBe(72_000_000);
        file.Paper.Number.ShouldBe("深工信〔2026〕1号");
        file.Paper.Head.ShouldBe("深圳市中小企业服务局文件");
        file.Paper.Body.OfType<Line>().Select(line => line.Text).ShouldBe(frozen.Paragraphs);
        string.Concat(file.Paper.Title).ShouldBe("深圳市中小企业服务局关于下达风险补偿项目资助计划（2026年第一批）的通知");
        file.Paper.Title.ShouldAllBe(line => line.Length <= 19);
    }
}
