using System.Net;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using FundPool.Web.Tests.Notices;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Plans;

public sealed class PlanPagesTests : IAsyncLifetime
{
    private Authority authority = null!;

    public async Task InitializeAsync() => authority = await Authority.OpenAsync();

    public Task DisposeAsync() => authority.DisposeAsync().AsTask();

    [Fact]
    public async Task Way_FromClearClaimsToTheIssuedPlan_WorksOnThePages()
    {
        ClaimKey one = await authority.Cases.ClaimAsync("B001", ClaimState.Clear), two = await authority.Cases.ClaimAsync("B002", ClaimState.Clear);
        (await authority.Officer.GetAsync("/plans")).Text.ShouldContain("2 笔公示无异议，待列入计划");

        string plan = (await authority.Officer.PostAsync("/plans/draft", [("Title", "资助计划甲"), ("Basis", "《实施细则》第二十条"), ("Claims", $"{one.Bank}-{one.Id}"), ("Claims", $"{two.Bank}-{two.Id}")])).Location!;
        Page form = await authority.Chief.GetAsync($"{plan}/issue");
        form.Text.ShouldContain("柒拾贰万元整");
        Page issued = await authority.Chief.PostAsync($"{plan}/issue", [("version", form.Between("name=\"version\" value=\"", "\""))]);

        issued.Location.ShouldBe(plan);
        (await authority.Chief.GetAsync(plan)).Text.ShouldContain("深工信〔2026〕1号");
        using Visitor anybody = authority.Portal.Visit();
        Page list = await anybody.GetAsync("/public/shenzhen/plans");
        list.Text.ShouldContain("深工信〔2026〕1号");
        list.Text.ShouldContain("720,000.00");
        using Visitor maker = await authority.Portal.SignedInAsync(await authority.Portal.AddAsync("B001", "maker", Role.Maker));
        Page own = await maker.GetAsync(plan);
        own.Text.ShouldContain("叁拾陆万元整");
        own.Text.ShouldNotContain("乙银行深圳分行");
        (await maker.GetAsync($"{plan}/items.xlsx")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Draft_WithoutAChoice_StandsAgainAsTyped()
    {
        await authority.Cases.ClaimAsync("B001", ClaimState.Clear);

        Page page = await authority.Officer.PostAsync("/plans/draft", [("Title", "资助计划甲"), ("Basis", "")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("value=\"资助计划甲\"");
        page.Text.ShouldContain("请填写下达依据");
        page.Text.ShouldContain("请至少勾选一笔公示无异议的申请");
    }

    [Fact]
    public async Task Issue_WithoutAFreshCodeOrByTheOfficer_IsNotLetThrough()
    {
        ClaimKey one = await authority.Cases.ClaimAsync("B001", ClaimState.Clear);
        string plan = (await authority.Officer.PostAsync("/plans/draft", [("Title", "甲"), ("Basis", "乙"), ("Claims", $"{one.Bank}-{one.Id}")])).Location!;
        authority.Portal.Clock.Advance(TimeSpan.FromMinutes(6));

        (await authority.Chief.GetAsync($"{plan}/issue")).Location!.ShouldStartWith("/account/confirm");
        (await authority.Chief.PostAsync(plan, [("version", "1")], $"{plan}/issue")).Location!.ShouldStartWith("/account/confirm");
        (await authority.Officer.PostAsync(plan, [("version", "1")], $"{plan}/issue")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task DroppedPlan_WithAReason_FreesItsClaims()
    {
        ClaimKey one = await authority.Cases.ClaimAsync("B001", ClaimState.Clear);
        string plan = (await authority.Officer.PostAsync("/plans/draft", [("Title", "甲"), ("Basis", "乙"), ("Claims", $"{one.Bank}-{one.Id}")])).Location!;

        (await authority.Officer.PostAsync(plan, [("reason", "")], $"{plan}/drop")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await authority.Officer.PostAsync(plan, [("reason", "重拟")], $"{plan}/drop")).Location.ShouldBe("/plans");

        (await authority.Officer.GetAsync("/plans")).Text.ShouldContain("1 笔公示无异议，待列入计划");
    }
}
