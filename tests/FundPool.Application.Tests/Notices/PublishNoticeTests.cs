using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Notices;

public sealed class PublishNoticeTests : IAsyncLifetime
{
    private NoticeDesk desk = null!;

    public async Task InitializeAsync() => desk = await NoticeDesk.OpenAsync();

    public Task DisposeAsync() => desk.DisposeAsync().AsTask();

    [Fact]
    public async Task Notice_WhenPublished_GetsItsNumberItsPeriodAndItsDigest()
    {
        ClaimRef company = await desk.ApprovedAsync(), owner = await desk.ApprovedAsync("B001", ("borrower_kind", "owner"), ("borrower_name", "欧阳建国"), ("borrower_id", "440301199001011234"), ("product", "personal_business"), ("credit_line", "5000000.00"));
        long notice = await desk.DraftAsync(await desk.BatchAsync(company, owner));

        Outcome<string> published = await desk.PublishAsync(notice);

        published.Value.ShouldBe("深中小企公示〔2026〕1号");
        ShowPublicNotice.Answer page = await PublicAsync(notice);
        // Published on Wednesday 2026-03-18: that day, Thursday, Friday, and Monday to Thursday.
        (page.EndsOn, page.Content.WorkingDays).ShouldBe((new DateOnly(2026, 3, 26), 7));
        page.Content.Items.Select(item => (item.N, item.Borrower == "欧阳*", item.PrincipalFen, item.ShareBp, item.AmountFen)).ShouldBe([(1, false, 90_000_000L, 4000, 36_000_000L), (2, true, 90_000_000L, 4000, 36_000_000L)]);
        page.Content.TotalFen.ShouldBe(72_000_000);
        page.Content.Paragraphs[0].ShouldContain("720,000.00元（大写：柒拾贰万元整）");
        page.Content.Paragraphs[1].ShouldBe("公示期为7个工作日，自2026年3月18日起至2026年3月26日止。资金拨付最终以资助计划下达文件为准。");
        page.Content.Paragraphs[2].ShouldContain("匿名异议不予受理");
        (string Content, string Sha) frozen = (await desk.Portal.Database.ScalarAsync<string>("select content from compensation.notice"), page.Sha256);
        FrozenPapers.Digest(frozen.Content).ShouldBe(frozen.Sha);
        frozen.Content.ShouldNotContain("44030119900101");
        frozen.Content.ShouldNotContain("建国");
        (await desk.StateOfAsync(company)).ShouldBe("published");
        (await desk.Portal.Database.ScalarAsync<string>("select article from compensation.step where claim_id = $1 order by id desc limit 1", owner.Id)).ShouldBe("20(2)");
        (await desk.PublishAsync(notice)).Refusal!.Words.Zh.ShouldBe("该公示已发布");
    }

    [Fact]
    public async Task Correction_AfterTheLastDay_IsRefusedWhetherBegunBeforeOrNot()
    {
        long old = await desk.PublishedAsync(await desk.ApprovedAsync(), await desk.ApprovedAsync("B002")), begun = (await desk.Portal.SendAsync(desk.Officer, new CorrectNotice.Command(old, "电话有误"))).Value;
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 27, 9, 0, 0, TimeSpan.FromHours(8)));

        (await desk.PublishAsync(begun)).Refusal!.Words.Zh.ShouldContain("公示期已满");
        await desk.Portal.Database.ExecuteAsync("delete from compensation.notice where id = $1", begun);
        (await desk.Portal.SendAsync(desk.Officer, new CorrectNotice.Command(old, "电话有误"))).Refusal!.Words.Zh.ShouldContain("公示期已满");
    }

    [Fact]
    public async Task Withdrawn_AfterTheNotice_LeavesItsBatch()
    {
        ClaimRef claim = await desk.ApprovedAsync();
        await desk.PublishedAsync(claim);
        await desk.Portal.Database.ExecuteAsync("update compensation.claim set state = 'clear' where id = $1", claim.Id);

        (await desk.Portal.SendAsync(await desk.Portal.MakerAsync(), new WithdrawClaim.Command(claim.Id, "借款人已还清"))).Succeeded.ShouldBeTrue();

        (await desk.Portal.Database.ScalarAsync<string>("select left_because from compensation.batch_item where claim_id = $1", claim.Id)).ShouldBe("银行撤回申请");
    }

    [Fact]
    public async Task PublishedContent_WhoeverTries_StaysAsItWas()
    {
        long notice = await desk.PublishedAsync(await desk.ApprovedAsync());

        (await desk.Portal.SendAsync(desk.Officer, new EditNotice.Command(notice, NoticeDesk.Fields))).Refusal!.Words.Zh.ShouldStartWith("公示已发布");
        PostgresException refused = await Should.ThrowAsync<PostgresException>(() => desk.Portal.Database.ExecuteAsync("update compensation.notice set content = '{}' where id = $1", notice));

        refused.SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
    }

    [Fact]
    public async Task Publisher_WhoHadAHandInNoticeOrBatch_IsRefused()
    {
        long batch = await desk.BatchAsync(await desk.ApprovedAsync());
        TestActor both = await desk.Portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Chief);
        both = both.With(Permission.PrepareNotices).With(Permission.ReadClaims);
        long notice = (await desk.Portal.SendAsync(both, new DraftNotice.Command(batch, NoticeDesk.Fields))).Value;

        (await desk.PublishAsync(notice, both)).Refusal!.Words.Zh.ShouldStartWith("您录入或修改过该项内容");
        (await desk.PublishAsync(notice, desk.Officer.With(Permission.PublishNotices))).Refusal!.Words.Zh.ShouldStartWith("您录入或修改过该项内容");
        (await desk.PublishAsync(notice)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task TwoChiefs_PublishingAtOnce_PublishOnce()
    {
        long notice = await desk.DraftAsync(await desk.BatchAsync(await desk.ApprovedAsync()));
        TestActor second = await desk.Portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Chief);

        Outcome<string>[] outcomes = await Task.WhenAll(desk.PublishAsync(notice), desk.PublishAsync(notice, second));

        outcomes.Count(outcome => outcome.Succeeded).ShouldBe(1);
        (await desk.Portal.Database.ScalarAsync<int>("select last from compensation.number where series = '深中小企公示'")).ShouldBe(1);
    }

    [Fact]
    public async Task Notice_ChangedAfterTheChiefOpenedIt_IsNotPublishedUnread()
    {
        ClaimRef claim = await desk.ApprovedAsync();
        long batch = await desk.BatchAsync(await desk.ApprovedAsync());
        long notice = await desk.DraftAsync(batch);
        ShowNotice.Answer read = (await desk.Portal.SendAsync(desk.Chief, new ShowNotice.Query(notice))).Value;
        await desk.Portal.SendAsync(desk.Officer, new AddToBatch.Command(batch, [claim]));

        Outcome<string> outcome = await desk.Portal.SendAsync(desk.Chief, new PublishNotice.Command(notice, read.Notice.RowVersion, read.BatchVersion));

        outcome.Refusal!.Words.Zh.ShouldStartWith("公示内容或批次在您打开之后已有变动");
    }

    [Fact]
    public async Task BankListedBetweenBatchAndPublication_HaltsItsItem()
    {
        long notice = await desk.DraftAsync(await desk.BatchAsync(await desk.ApprovedAsync(), await desk.ApprovedAsync("B002")));
        await desk.Portal.Database.ExecuteAsync("update tenancy.organisation set dishonest_from = '2026-03-01' where code = 'B002'");

        Outcome<string> outcome = await desk.PublishAsync(notice);

        outcome.Refusal!.Article.Code.ShouldBe("30");
        outcome.Refusal.Words.Zh.ShouldStartWith("以下申请须先移出批次");
    }

    [Theory]
    [InlineData(6)]
    [InlineData(61)]
    [InlineData(null)]
    public async Task Draft_OfAPeriodOutsideTheLimits_IsSentBackAtItsField(int? days)
    {
        long batch = await desk.BatchAsync(await desk.ApprovedAsync());

        Outcome<long> outcome = await desk.Portal.SendAsync(desk.Officer, new DraftNotice.Command(batch, NoticeDesk.Fields with { WorkingDays = days, Title = "" }));

        outcome.Problems.Select(problem => problem.Field).Distinct().ShouldBe(["title", "working_days"]);
    }

    [Fact]
    public async Task Correction_WhenPublished_TakesThePlaceOfTheOldAndCountsAnew()
    {
        ClaimRef claim = await desk.ApprovedAsync();
        long old = await desk.PublishedAsync(claim);
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 20, 10, 0, 0, TimeSpan.FromHours(8)));

        long correction = (await desk.Portal.SendAsync(desk.Officer, new CorrectNotice.Command(old, "联系电话有误"))).Value;
        (await desk.Portal.SendAsync(desk.Officer, new CorrectNotice.Command(old, "再来一次"))).Refusal!.Words.Zh.ShouldContain("已有一份更正稿");
        (await desk.PublishAsync(correction)).Value.ShouldBe("深中小企公示〔2026〕2号");

        ShowPublicNotice.Answer before = await PublicAsync(old), after = await PublicAsync(correction);
        (before.State, before.ReplacedBy!.Number, before.EndsOn).ShouldBe(("replaced", "深中小企公示〔2026〕2号", new DateOnly(2026, 3, 26)));
        (after.State, after.Replaces!.Number, after.EndsOn).ShouldBe(("published", "深中小企公示〔2026〕1号", new DateOnly(2026, 3, 30)));
        after.Content.Paragraphs[0].ShouldContain("更正原因：联系电话有误");
        (await desk.StateOfAsync(claim)).ShouldBe("published");
    }

    [Fact]
    public async Task Bank_LookingAtANotice_SeesItsOwnClaimsAndNoDraft()
    {
        ClaimRef mine = await desk.ApprovedAsync(), theirs = await desk.ApprovedAsync("B002");
        long notice = await desk.DraftAsync(await desk.BatchAsync(mine, theirs));
        TestActor maker = await desk.Portal.MakerAsync();
        (await desk.Portal.SendAsync(maker, new ShowNotice.Query(notice))).IsNotFound.ShouldBeTrue();
        await desk.PublishAsync(notice);

        ShowNotice.Answer shown = (await desk.Portal.SendAsync(maker, new ShowNotice.Query(notice))).Value;

        shown.Items.ShouldHaveSingleItem().Line.Claim.Id.ShouldBe(mine.Id);
        (await desk.Portal.SendAsync(maker, new ListNotices.Query())).ShouldHaveSingleItem().Items.ShouldBe(1);
    }

    [Fact]
    public async Task PublicPages_OfAPoolThatIsNone_AreNotFound()
    {
        long notice = await desk.PublishedAsync(await desk.ApprovedAsync());

        (await desk.Portal.SendAsync(desk.Chief, new ShowPublicNotice.Query("elsewhere", notice))).IsNotFound.ShouldBeTrue();
        (await desk.Portal.SendAsync(desk.Chief, new ListPublicNotices.Query("platform"))).IsNotFound.ShouldBeTrue();
        (await desk.Portal.SendAsync(desk.Chief, new ListPublicNotices.Query("shenzhen"))).Value.Notices.ShouldHaveSingleItem().Id.ShouldBe(notice);
    }

    private async Task<ShowPublicNotice.Answer> PublicAsync(long notice) => (await desk.Portal.SendAsync(desk.Chief, new ShowPublicNotice.Query("shenzhen", notice))).Value;
}
