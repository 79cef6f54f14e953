using System.Net;
using FundPool.Application.Accounts;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Identity;

/// <summary>How long a session lasts, and what ends it at once.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPerson maker = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        maker = await portal.AddAsync("B001", "maker", Role.Maker);
    }

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Session_NothingDoneForAQuarter_IsOver()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        portal.Clock.Advance(TimeSpan.FromMinutes(14) + TimeSpan.FromSeconds(59));
        (await visitor.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        portal.Clock.Advance(TimeSpan.FromMinutes(15));

        (await visitor.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount&ended=idle");
    }

    [Fact]
    public async Task Session_UsedWithoutPause_IsOverAfterEightHours()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        for (int i = 0; i < 47; i++)
        {
            portal.Clock.Advance(TimeSpan.FromMinutes(10));
            (await visitor.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        }

        portal.Clock.Advance(TimeSpan.FromMinutes(10));
        (await visitor.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount&ended=ended");
    }

    [Fact]
    public async Task Session_Kept_AnswersWithItsNewEnd()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        portal.Clock.Advance(TimeSpan.FromMinutes(13));

        Page kept = await visitor.PostAsync("/account/password", [], "/session/keep");

        kept.Text.ShouldBe("{\"ends\":\"2026-03-18T01:28:00.0000000\\u002B00:00\"}");
    }

    [Fact]
    public async Task Session_SignedOut_OpensNothingAnyMore()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        using Visitor copy = portal.Visit();
        copy.Cookies.Add(Visitor.Base, visitor.Cookies.GetCookies(Visitor.Base));

        (await visitor.PostAsync("/account/password", [], "/sign-out")).Location.ShouldBe("/sign-in");

        (await copy.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount");
    }

    [Fact]
    public async Task Session_AnotherSignIn_AsksAndEndsTheFirst()
    {
        using Visitor first = portal.Visit("10.0.0.1");
        await first.SignInAsync(portal, maker);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        using Visitor second = portal.Visit("10.0.0.2");

        Page asked = await second.SignInAsync(portal, maker);
        asked.Location.ShouldBe("/sign-in/other-session");
        (await second.GetAsync("/sign-in/other-session")).Text.ShouldContain("10.0.0.1");
        (await first.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await second.PostAsync("/sign-in/other-session", [])).Location.ShouldBe("/");

        (await second.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await first.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount&ended=other_sign_in");
    }

    [Fact]
    public async Task Session_PasswordChanged_EndsTheOthersAndKeepsThisOne()
    {
        using Visitor here = await portal.SignedInAsync(maker);
        using Visitor elsewhere = await portal.SignedInAsync(maker);

        Page changed = await here.PostAsync(
            "/account/password", [("current", Portal.Password), ("password", "Bi-hai-99-chao"), ("again", "Bi-hai-99-chao")]);

        changed.Location.ShouldBe("/account");
        (await here.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await elsewhere.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount&ended=new_password");
    }

    [Fact]
    public async Task Session_PersonDisabled_IsOverAtTheNextClick()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        await portal.AsPlatformAsync((_, db) => db.People.Where(p => p.Id == maker.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.DisabledAt, DateTime.UtcNow)));

        (await visitor.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount&ended=disabled");
    }

    [Fact]
    public async Task Session_RoleGiven_CountsAtTheNextClick()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        (await visitor.GetAsync("/people")).Status.ShouldBe(HttpStatusCode.Forbidden);

        await portal.AsPlatformAsync(async (_, db) =>
        {
            db.PersonRoles.Add(new PersonRole { PoolId = maker.Pool, OrganisationId = maker.Organisation, PersonId = maker.Id, Role = "organisation_administrator" });
            return await db.SaveChangesAsync();
        });

        (await visitor.GetAsync("/people")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_ATimerOfThePage_DoesNotKeepItAlive()
    {
        string token = await portal.AsPlatformAsync(async (services, db) =>
        {
            string opened = services.GetRequiredService<Sessions>().Open(await db.People.SingleAsync(p => p.Id == maker.Id), "10.0.0.1", "test");
            await db.SaveChangesAsync();
            return opened;
        });
        portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await using AsyncServiceScope scope = portal.Services.CreateAsyncScope();
        Sessions sessions = scope.ServiceProvider.GetRequiredService<Sessions>();

        SeenSession? looked = await sessions.SeeAsync(token, touch: false, CancellationToken.None);
        portal.Clock.Advance(TimeSpan.FromMinutes(5));

        looked!.State.ShouldBe(SessionState.Live);
        (await sessions.SeeAsync(token, touch: true, CancellationToken.None))!.State.ShouldBe(SessionState.Idle);
    }

    [Fact]
    public async Task Session_MadeUpToken_IsNone()
    {
        using Visitor visitor = portal.Visit();
        visitor.Cookies.Add(Visitor.Base, new Cookie("fp", Secrets.SessionToken()));

        (await visitor.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount");
    }

    [Fact]
    public async Task Session_Stored_IsTheDigestOnly()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        string token = visitor.Cookies.GetCookies(Visitor.Base)["fp"]!.Value;

        Session stored = await portal.AsPlatformAsync((_, db) => db.Sessions.SingleAsync(s => s.PersonId == maker.Id));

        stored.IdHash.ShouldBe(Secrets.Digest(token));
        Convert.ToHexString(stored.IdHash).ShouldNotContain(token);
    }
}
