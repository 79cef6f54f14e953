using System.Net;
using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Notices;

public sealed class NoticePagesTests : IAsyncLifetime
{
    private Authority authority = null!;

    public async Task InitializeAsync() => authority = await Authority.OpenAsync();

    public Task DisposeAsync() => authority.DisposeAsync().AsTask();

    [Fact]
    public async Task Way_FromTheBatchToThePublicPage_WorksInTheBrowser()
    {
        ClaimRef one = await authority.ApprovedAsync(), two = await authority.ApprovedAsync("B002");
        (await authority.Officer.GetAsync("/batches")).Text.ShouldContain("共 2 笔，可列入 2 笔");

        long notice = await authority.PublishedAsync(one, two);

        using Visitor anybody = authority.Portal.Visit();
        Page list = await anybody.GetAsync("/public/shenzhen/notices");
        list.Text.ShouldContain("风险补偿项目公示（2026年第一批）");
        list.Text.ShouldContain("深中小企公示〔2026〕1号");
        Page page = await anybody.GetAsync($"/public/shenzhen/notices/{notice}");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("资金拨付最终以资助计划下达文件为准");
        page.Text.ShouldContain("公示截止：2026-03-26");
        page.Text.ShouldContain("720,000.00");
        page.Text.ShouldContain(await authority.Portal.Database.ScalarAsync<string>("select sha256 from compensation.notice where id = $1", notice));
        Page workbook = await anybody.GetAsync($"/public/shenzhen/notices/{notice}/items.xlsx");
        workbook.Headers["Content-Type"].ShouldBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        (await authority.Officer.GetAsync($"/notices/{notice}")).Text.ShouldContain("公示中");
    }

    [Fact]
    public async Task PublicPage_WhoseEndMovedAfterPublication_SaysSoBesideTheFrozenText()
    {
        ClaimRef claim = await authority.ApprovedAsync();
        long notice = await authority.PublishedAsync(claim);
        using Visitor anybody = authority.Portal.Visit();
        (await anybody.GetAsync($"/public/shenzhen/notices/{notice}")).Text.ShouldNotContain("公示期截止日已改为");

        await authority.Portal.Database.ExecuteAsync("update compensation.notice set ends_on = '2026-03-30' where id = $1", notice);

        Page page = await anybody.GetAsync($"/public/shenzhen/notices/{notice}");
        page.Text.ShouldContain("公示期截止日已改为 2026-03-30");
        page.Text.ShouldContain("公示截止：2026-03-30");
        page.Text.ShouldContain("其中写的截止日是 2026-03-26");
        page.Text.ShouldContain("自2026年3月18日起至2026年3月26日止");
    }

    [Fact]
    public async Task HomeMenuAndClaim_OfTheAuthority_ShowWhatWaitsAndWhereTheClaimStands()
    {
        ClaimRef published = await authority.ApprovedAsync();
        await authority.ApprovedAsync("B002");
        long notice = await authority.PublishedAsync(published);

        Page home = await authority.Officer.GetAsync("/");
        home.Text.ShouldContain("审核通过，待组批");
        home.Text.ShouldContain($"<a href=\"/notices/{notice}\">深中小企公示〔2026〕1号</a>");
        home.Text.ShouldContain("公示批次");
        Page page = await authority.Officer.GetAsync($"/claims/{published.Bank}/{published.Id}");
        page.Text.ShouldContain("公示与资助计划");
        page.Text.ShouldContain($"/public/shenzhen/notices/{notice}");
    }

    [Fact]
    public async Task Draft_WithBadFields_StandsAgainAsTyped()
    {
        ClaimRef claim = await authority.ApprovedAsync();
        Page batch = await authority.Officer.PostAsync("/batches", [("Name", "2026年第一批"), ("Claims", $"{claim.Bank}-{claim.Id}")]);

        Page page = await authority.Officer.PostAsync($"{batch.Location}/notice", [("Title", "公示标题甲"), ("Basis", ""), ("Consult", "甲"), ("Object", "乙"), ("WorkingDays", "5")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("value=\"公示标题甲\"");
        page.Text.ShouldContain("href=\"#WorkingDays\"");
        page.Text.ShouldContain("公示期不少于 7 个工作日");
    }

    [Fact]
    public async Task Preview_OfALongerPeriod_ShowsItsEnd()
    {
        ClaimRef claim = await authority.ApprovedAsync();
        Page batch = await authority.Officer.PostAsync("/batches", [("Name", "2026年第一批"), ("Claims", $"{claim.Bank}-{claim.Id}")]);

        Page preview = await authority.Officer.PostAsync($"{batch.Location}/notice", [.. Authority.NoticeFields.Where(field => field.Item1 != "WorkingDays"), ("WorkingDays", "10")], $"{batch.Location}/notice/preview");

        preview.Text.ShouldContain("自2026年3月18日起至2026年3月31日止");
    }

    [Fact]
    public async Task Publishing_WithoutAFreshCode_AsksForItFirst()
    {
        ClaimRef claim = await authority.ApprovedAsync();
        Page batch = await authority.Officer.PostAsync("/batches", [("Name", "2026年第一批"), ("Claims", $"{claim.Bank}-{claim.Id}")]);
        string draft = (await authority.Officer.PostAsync($"{batch.Location}/notice", Authority.NoticeFields)).Location!;

        authority.Portal.Clock.Advance(TimeSpan.FromMinutes(6));

        (await authority.Chief.GetAsync($"{draft}/publish")).Location!.ShouldStartWith("/account/confirm");
        (await authority.Chief.GetAsync(draft)).Text.ShouldContain("核对并发布");
        (await authority.Officer.GetAsync($"{draft}/publish")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task BatchWithoutAChoice_StandsAgainWithItsName()
    {
        await authority.ApprovedAsync();

        Page page = await authority.Officer.PostAsync("/batches", [("Name", "春季批次")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("请至少勾选一笔审核通过的申请");
        page.Text.ShouldContain("value=\"春季批次\"");
    }

    [Fact]
    public async Task ClaimTakenOut_OnItsPage_IsGoneFromTheBatch()
    {
        ClaimRef one = await authority.ApprovedAsync(), two = await authority.ApprovedAsync();
        string batch = (await authority.Officer.PostAsync("/batches", [("Name", "2026年第一批"), ("Claims", $"{one.Bank}-{one.Id}"), ("Claims", $"{two.Bank}-{two.Id}")])).Location!;

        (await authority.Officer.PostAsync(batch, [("Claims", $"{one.Bank}-{one.Id}")], $"{batch}/leave")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await authority.Officer.PostAsync(batch, [("Claims", $"{one.Bank}-{one.Id}"), ("Reason", "材料待核")], $"{batch}/leave")).Location.ShouldBe(batch);

        (await authority.Officer.GetAsync(batch)).Text.ShouldContain("材料待核");
        (await authority.Portal.Database.ScalarAsync<string>("select state from compensation.claim where id = $1", one.Id)).ShouldBe("approved");
    }

    [Fact]
    public async Task Correction_OnThePublicPages_LinksBothWays()
    {
        long old = await authority.PublishedAsync(await authority.ApprovedAsync());
        authority.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        string edit = (await authority.Officer.PostAsync($"/notices/{old}", [("reason", "联系电话有误")], $"/notices/{old}/correct")).Location!;
        string draft = edit[..edit.LastIndexOf('/')];
        (await authority.Officer.PostAsync(edit, [.. Authority.NoticeFields, ("CorrectionReason", "联系电话有误"), ("IsCorrection", "true")])).Location.ShouldBe(draft);
        Page form = await authority.Chief.GetAsync($"{draft}/publish");
        (await authority.Chief.PostAsync($"{draft}/publish", [("version", form.Between("name=\"version\" value=\"", "\"")), ("batchVersion", form.Between("name=\"batchVersion\" value=\"", "\""))])).Location.ShouldBe(draft);

        using Visitor anybody = authority.Portal.Visit();
        (await anybody.GetAsync($"/public/shenzhen/notices/{old}")).Text.ShouldContain("本公示已被更正");
        (await anybody.GetAsync($"/public/shenzhen{draft}")).Text.ShouldContain($"/public/shenzhen/notices/{old}");
    }

    [Fact]
    public async Task PublicPages_OfWhatIsNotPublished_AreNotFound()
    {
        ClaimRef claim = await authority.ApprovedAsync();
        Page batch = await authority.Officer.PostAsync("/batches", [("Name", "2026年第一批"), ("Claims", $"{claim.Bank}-{claim.Id}")]);
        string draft = (await authority.Officer.PostAsync($"{batch.Location}/notice", Authority.NoticeFields)).Location!;
        using Visitor anybody = authority.Portal.Visit();

        (await anybody.GetAsync($"/public/shenzhen{draft}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.GetAsync("/public/platform/notices")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.GetAsync("/public/elsewhere/notices/1")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await authority.Officer.GetAsync($"/public/shenzhen{draft}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Bank_OpeningANoticeOfOthers_FindsNothing()
    {
        long notice = await authority.PublishedAsync(await authority.ApprovedAsync());
        using Visitor other = await authority.Portal.SignedInAsync(await authority.Portal.AddAsync("B002", "maker", Role.Maker));

        (await other.GetAsync($"/notices/{notice}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync("/batches")).Location.ShouldBe("/notices");
        (await other.GetAsync("/notices")).Text.ShouldContain("深中小企公示〔2026〕1号");
    }
}
