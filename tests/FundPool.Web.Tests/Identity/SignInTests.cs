using System.Net;
using FundPool.Domain.Tenancy;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Identity;

/// <summary>The way in: what opens it, what does not, and what a stranger learns.</summary>
public sealed class SignInTests : IAsyncLifetime
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
    public async Task SignIn_PasswordAndCode_LeadsBackToThePageAskedFor()
    {
        using Visitor visitor = portal.Visit();
        (await visitor.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount");

        Page page = await visitor.SignInAsync(portal, maker, "/account");

        page.Location.ShouldBe("/account");
        (await visitor.GetAsync("/account")).Text.ShouldContain("maker@b001");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/sign-in/code")]
    public async Task SignIn_ReturnThatLeadsElsewhere_LeadsHome(string back)
    {
        using Visitor visitor = portal.Visit();

        (await visitor.SignInAsync(portal, maker, back)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_UnknownNameAndWrongPassword_GetTheSameAnswer()
    {
        using Visitor visitor = portal.Visit();

        Page unknown = await visitor.PostAsync("/sign-in", [("userName", "nobody@b001"), ("password", "Qing-shan-88-lv")]);
        Page wrong = await visitor.PostAsync("/sign-in", [("userName", maker.UserName), ("password", "Qing-shan-88-xx")]);

        unknown.Status.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        Plain(unknown, "nobody@b001").ShouldBe(Plain(wrong, maker.UserName));
        wrong.Text.ShouldContain("用户名或密码不正确，或账号已停用。");
    }

    [Fact]
    public async Task SignIn_FiveFailures_LockThatAccountFromThatAddressForAQuarter()
    {
        using Visitor here = portal.Visit("10.0.0.1");
        for (int i = 0; i < 5; i++)
        {
            (await FailAsync(here, maker.UserName)).Status.ShouldBe(HttpStatusCode.BadRequest);
        }

        (await here.SignInAsync(portal, maker)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        portal.Clock.Advance(TimeSpan.FromMinutes(14));
        (await here.SignInAsync(portal, maker)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        (await here.SignInAsync(portal, maker)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_UnknownNameFailingFiveTimes_IsLockedLikeAKnownOne()
    {
        using Visitor visitor = portal.Visit();
        for (int i = 0; i < 5; i++)
        {
            await FailAsync(visitor, "nobody@b001");
        }

        (await FailAsync(visitor, "nobody@b001")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task SignIn_StrangersFailingFromElsewhere_KeepNobodyOutAtHome()
    {
        using Visitor home = portal.Visit("10.0.0.1");
        (await home.SignInAsync(portal, maker)).Location.ShouldBe("/");
        portal.Clock.Advance(TimeSpan.FromMinutes(20));
        List<HttpStatusCode> strangers = [];
        for (int i = 0; i < 8; i++)
        {
            using Visitor stranger = portal.Visit($"203.0.113.{i + 1}");
            strangers.Add((await FailAsync(stranger, maker.UserName)).Status);
        }

        using Visitor again = portal.Visit("10.0.0.1");
        (await again.SignInAsync(portal, maker)).Location.ShouldBe("/");
        strangers.Count(status => status == HttpStatusCode.BadRequest).ShouldBe(5);
        strangers.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(3);
    }

    [Fact]
    public async Task SignIn_ManyNamesFromOneAddress_AreStoppedBeforeHashing()
    {
        using Visitor sprayer = portal.Visit("198.51.100.7");
        for (int i = 0; i < 10; i++)
        {
            await FailAsync(sprayer, $"guess{i}@b001");
        }

        (await FailAsync(sprayer, "guess10@b001")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task SignIn_CodesGuessed_CountAgainstTheSamePair()
    {
        using Visitor visitor = portal.Visit();
        Page page = await visitor.PostAsync("/sign-in", [("userName", maker.UserName), ("password", Portal.Password)]);
        for (int i = 0; i < 5; i++)
        {
            (await visitor.PostAsync(page.Location!, [("code", "000000")])).Status.ShouldBe(HttpStatusCode.BadRequest);
        }

        (await visitor.PostAsync(page.Location!, [("code", portal.CodeOf(maker))])).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("a\0b@b001")]
    [InlineData("𠮷\u202e=1+1@b001")]
    [InlineData("' or 1=1 --")]
    public async Task SignIn_NamesThatNobodyHas_AreWrongAndNothingWorse(string name)
    {
        using Visitor visitor = portal.Visit();

        (await visitor.PostAsync("/sign-in", [("userName", name), ("password", "Wrong-password-1")])).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.PostAsync("/sign-in", [("userName", new string('x', 5000)), ("password", new string('y', 5000))])).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SignIn_FormWithoutToken_IsRefused()
    {
        using Visitor visitor = portal.Visit();

        (await visitor.PostPlainAsync("/sign-in", [("userName", maker.UserName), ("password", Portal.Password)])).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SignIn_StepsTakenTooSlowly_StartAgain()
    {
        using Visitor visitor = portal.Visit();
        Page page = await visitor.PostAsync("/sign-in", [("userName", maker.UserName), ("password", Portal.Password)]);
        portal.Clock.Advance(TimeSpan.FromMinutes(11));

        (await visitor.PostAsync(page.Location!, [("code", portal.CodeOf(maker))])).Location.ShouldBe("/sign-in?ended=lapsed");
    }

    private static Task<Page> FailAsync(Visitor visitor, string userName) =>
        visitor.PostAsync("/sign-in", [("userName", userName), ("password", "Wrong-password-1")]);

    private static string Plain(Page page, string userName) =>
        page.Text.Replace(page.Token, "").Replace(userName, "");
}
