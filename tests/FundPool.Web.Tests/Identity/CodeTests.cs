using System.Net;
using FundPool.Application.Accounts;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Identity;

/// <summary>The second factor: each code once, late by one step at most, and what stands in for it.</summary>
public sealed class CodeTests : IAsyncLifetime
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
    public async Task Code_UsedASecondTime_IsRefused()
    {
        using Visitor first = portal.Visit();
        (await first.SignInAsync(portal, maker)).Location.ShouldBe("/");

        using Visitor second = portal.Visit();
        Page again = await second.SignInAsync(portal, maker);

        again.Status.ShouldBe(HttpStatusCode.BadRequest);
        again.Text.ShouldContain("验证码不正确或已用过，请等待下一个验证码。");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(-2, false)]
    [InlineData(1, false)]
    public async Task Code_OfAnotherStep_OpensOnlyOneStepLate(int steps, bool opens)
    {
        using Visitor visitor = portal.Visit();
        Page page = await visitor.PostAsync("/sign-in", [("userName", maker.UserName), ("password", Portal.Password)]);

        page = await visitor.PostAsync(page.Location!, [("code", portal.CodeOf(maker, steps))]);

        (page.Location == "/").ShouldBe(opens);
    }

    [Fact]
    public async Task Code_LateOneAfterTheNewOne_IsRefused()
    {
        using Visitor first = portal.Visit();
        (await first.SignInAsync(portal, maker)).Location.ShouldBe("/");

        using Visitor second = portal.Visit();
        Page page = await second.PostAsync("/sign-in", [("userName", maker.UserName), ("password", Portal.Password)]);
        page = await second.PostAsync(page.Location!, [("code", portal.CodeOf(maker, -1))]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Code_SentTwentyTimesAtOnce_OpensOnce()
    {
        string code = portal.CodeOf(maker);

        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => portal.AsPlatformAsync(async (services, db) =>
        {
            Person person = await db.People.SingleAsync(p => p.Id == maker.Id);
            return await services.GetRequiredService<PortalAccounts>().VerifyTwoFactorTokenAsync(person, PortalAccounts.Authenticator, code);
        })));

        taken.Count(yes => yes).ShouldBe(1);
    }

    [Fact]
    public async Task RecoveryCode_InPlaceOfTheCode_OpensOnce()
    {
        using Visitor owner = await portal.SignedInAsync(maker);
        Page shown = await owner.PostAsync("/account/recovery-codes", []);
        string recovery = shown.Between("<ul class=\"secret-list\">", "</ul>").Split("<code>")[1].Split("</code>")[0];

        Page first = await RecoverAsync(recovery.ToLowerInvariant().Replace('-', ' '));
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Page second = await RecoverAsync(recovery);

        first.Location.ShouldBe("/sign-in/other-session");
        second.Status.ShouldBe(HttpStatusCode.BadRequest);
        second.Text.ShouldContain("恢复码不正确或已用过。");
    }

    [Fact]
    public async Task RecoveryCodes_Renewed_AreTenAndTheOldOnesOpenNothing()
    {
        using Visitor owner = await portal.SignedInAsync(maker);
        string old = (await owner.PostAsync("/account/recovery-codes", [])).Between("<code>", "</code>");

        Page renewed = await owner.PostAsync("/account/recovery-codes", []);

        renewed.Between("<ul class=\"secret-list\">", "</ul>").Split("<code>").Length.ShouldBe(11);
        (await RecoverAsync(old)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Authenticator_Replaced_OldCodesOpenNothing()
    {
        using Visitor owner = await portal.SignedInAsync(maker);
        Page form = await owner.GetAsync("/account/authenticator");
        string key = form.Between("<code class=\"secret\">", "</code>").Replace(" ", "");
        string carried = form.Between("name=\"sealed\" value=\"", "\"");
        string code = Totp.Code(Secrets.FromBase32(key), Totp.StepAt(portal.Clock.GetUtcNow()));

        Page done = await owner.PostAsync("/account/authenticator", [("sealed", carried), ("code", code)]);

        done.Text.ShouldContain("保存恢复码");
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        using Visitor visitor = portal.Visit();
        (await visitor.SignInAsync(portal, maker)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.SignInAsync(portal, maker with { Key = key })).Location.ShouldBe("/sign-in/other-session");
    }

    private async Task<Page> RecoverAsync(string code)
    {
        using Visitor visitor = portal.Visit();
        Page page = await visitor.PostAsync("/sign-in", [("userName", maker.UserName), ("password", Portal.Password)]);
        return await visitor.PostAsync("/sign-in/code?recovery=true", [("code", code), ("recovery", "true")], "/sign-in/code");
    }
}
