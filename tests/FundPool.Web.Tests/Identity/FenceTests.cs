using System.Net;
using FundPool.Application;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Identity;

/// <summary>Who gets through to what.</summary>
public sealed class FenceTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPerson maker = null!;
    private TestPerson administrator = null!;
    private TestPerson platform = null!;
    private TestPerson foreign = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        maker = await portal.AddAsync("B001", "maker", Role.Maker);
        administrator = await portal.AddAsync("B001", "admin", Role.OrganisationAdministrator);
        platform = await portal.AddAsync("PLATFORM", "root", Role.PlatformAdministrator);
        foreign = await portal.AddAsync("B002", "maker", Role.Maker);
    }

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public void Start_EveryEndpoint_NamesItsPermission() =>
        AskedEndpoints.Of(portal.Services.GetServices<EndpointDataSource>()).ShouldAllBe(asked => asked.Permission != null);

    [Fact]
    public async Task Start_EndpointWithoutPermission_Stops()
    {
        await using WebApplication app = WebApplication.CreateBuilder().Build();
        app.MapGet("/silent", () => "anybody").WithDisplayName("the silent one");

        InvalidOperationException stopped = Should.Throw<InvalidOperationException>(() => app.RequirePermissions());

        stopped.Message.ShouldBe("These endpoints name no permission; add [Asks(Permission.…)]: the silent one");
    }

    [Fact]
    public void Start_EveryRequest_NamesItsPermission() =>
        ApplicationServices.Requests().Select(request => RequestFacts.Of(request).Permission).ShouldNotBeEmpty();

    [Fact]
    public async Task Public_OnlyTheWayInAndThePublicPages()
    {
        string[] open = [.. AskedEndpoints.Of(portal.Services.GetServices<EndpointDataSource>())
            .Where(asked => asked.Permission == Permission.Public)
            .Select(asked => ((RouteEndpoint)asked.Endpoint).RoutePattern.RawText!.Split('/', StringSplitOptions.RemoveEmptyEntries)[0]).Distinct().Order()];
        using Visitor visitor = portal.Visit();

        open.ShouldBe(["demonstration", "design", "error", "healthz", "language", "public", "sign-in", "unit", "verify"]);
        (await visitor.GetAsync("/no/such/page")).Location.ShouldBe("/sign-in?return=%2Fno%2Fsuch%2Fpage");
    }

    [Fact]
    public async Task Denied_PageOfAnotherRole_Answers403AndIsWrittenDown()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);

        Page page = await visitor.GetAsync("/organisations");

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Text.ShouldContain("您没有权限打开这个页面");
        await using FundPool.Data.FundPoolDb db = new(FundPool.Data.FundPoolDb.Options(portal.Database.Owner));
        (await db.AuditEvents.SingleAsync(e => e.Entity == "tenancy.denial")).ShouldSatisfyAllConditions(
            e => e.Action.ShouldBe("Denied"),
            e => e.EntityId.ShouldBe("GET /organisations"),
            e => e.After.ShouldBe("ManageOrganisations"),
            e => e.PersonId.ShouldBe(maker.Id),
            e => e.Chain.ShouldBe(maker.Organisation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/edit")]
    [InlineData("/disable")]
    [InlineData("/reset")]
    public async Task People_OfAnotherBank_AreNotFound(string page)
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);

        (await visitor.GetAsync($"/people/{foreign.Id}{page}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.GetAsync($"/people/999999{page}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/edit")]
    [InlineData("/disable")]
    [InlineData("/enable")]
    [InlineData("/reset")]
    [InlineData("/sessions/end")]
    public async Task People_OfAnotherBankPostedTo_AreNotFoundAndStayAsTheyAre(string action)
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);
        using Visitor other = await portal.SignedInAsync(foreign);

        Page page = await visitor.PostAsync("/people/add",
            [("fullName", "甲"), ("roles", "Maker"), ("reason", "试"), ("authenticatorToo", "true")], $"/people/{foreign.Id}{action}");

        page.Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync("/account")).Text.ShouldContain("测试maker");
    }

    [Fact]
    public async Task Platform_PeopleOfABank_AreNotFound()
    {
        using Visitor visitor = await portal.SignedInAsync(platform);

        (await visitor.GetAsync($"/people/{maker.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.GetAsync($"/organisations/{maker.Organisation}/administrators/{maker.Id}/reset")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.GetAsync($"/organisations/{maker.Organisation}/administrators/{administrator.Id}/reset")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task FreshCode_OlderThanFiveMinutes_IsAskedForAgainAndLeadsBack()
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);
        (await visitor.GetAsync("/people/add")).Status.ShouldBe(HttpStatusCode.OK);
        portal.Clock.Advance(TimeSpan.FromMinutes(5));

        (await visitor.GetAsync("/people/add")).Location.ShouldBe("/account/confirm?return=%2Fpeople%2Fadd");
        Page wrong = await visitor.PostAsync("/account/confirm", [("code", "000000"), ("return", "/people/add")]);
        Page right = await visitor.PostAsync("/account/confirm", [("code", portal.CodeOf(administrator)), ("return", "/people/add")]);

        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        right.Location.ShouldBe("/people/add");
        (await visitor.GetAsync("/people/add")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task FreshCode_MissingWhenPosting_ChangesNothing()
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);
        Page form = await visitor.GetAsync("/people/add");
        portal.Clock.Advance(TimeSpan.FromMinutes(6));

        Page page = await visitor.PostPlainAsync("/people/add",
            [("name", "late"), ("fullName", "迟到"), ("roles", "Maker"), ("__RequestVerificationToken", form.Token)]);

        page.Location.ShouldBe("/account/confirm?return=%2Fpeople%2Fadd");
        (await portal.AsPlatformAsync((_, db) => db.People.AnyAsync(p => p.UserName == "late@b001"))).ShouldBeFalse();
    }

    [Fact]
    public async Task Cookie_OfTheSession_IsForThePortalAlone()
    {
        using Visitor visitor = portal.Visit(secure: true);

        Page page = await visitor.SignInAsync(portal, maker);

        page.Location.ShouldBe("/");
        page.Cookies.Select(cookie => System.Text.RegularExpressions.Regex.Replace(cookie, "=[^;]{40,}", "=…"))
            .ShouldContain("__Host-fp=…; path=/; secure; samesite=lax; httponly");
    }
}
