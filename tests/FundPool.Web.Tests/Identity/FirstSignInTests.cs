using System.Net;
using FundPool.Application.Accounts;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Identity;

/// <summary>From the administrator's form to the person's own password, authenticator and recovery codes; and back again after a loss.</summary>
public sealed class FirstSignInTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPerson administrator = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        administrator = await portal.AddAsync("B001", "admin", Role.OrganisationAdministrator);
    }

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public async Task FirstSignIn_WithTheSecret_SetsPasswordAndAuthenticatorAndShowsTenCodes()
    {
        string secret = await EnterAsync("newcomer");
        using Visitor newcomer = portal.Visit("10.0.0.9");

        Page page = await newcomer.PostAsync("/sign-in", [("userName", "newcomer@b001"), ("password", secret)]);
        page.Location.ShouldBe("/sign-in/new-password");
        page = await newcomer.PostAsync("/sign-in/new-password", [("password", Portal.Password), ("again", Portal.Password)]);
        page.Location.ShouldBe("/sign-in/authenticator");
        string key = KeyOn(await newcomer.GetAsync("/sign-in/authenticator"));
        KeyOn(await newcomer.GetAsync("/sign-in/authenticator")).ShouldBe(key);
        page = await newcomer.PostAsync("/sign-in/authenticator", [("code", CodeOf(key))]);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.Split("<code>").Length.ShouldBe(11);
        (await newcomer.GetAsync("/account")).Text.ShouldContain("newcomer@b001");
    }

    [Fact]
    public async Task FirstSignIn_WithoutAllSteps_OpensNothing()
    {
        string secret = await EnterAsync("newcomer");
        using Visitor newcomer = portal.Visit("10.0.0.9");
        await newcomer.PostAsync("/sign-in", [("userName", "newcomer@b001"), ("password", secret)]);

        Page skipped = await newcomer.GetAsync("/sign-in/authenticator");
        Page entered = await newcomer.GetAsync("/account");

        skipped.Location.ShouldBe("/sign-in");
        entered.Location.ShouldBe("/sign-in?return=%2Faccount");
    }

    [Theory]
    [InlineData("Kurz-1", "密码至少 10 个字符。")]
    [InlineData("alllowercase1", "密码须包含大写字母、小写字母、数字、符号中的至少三种。")]
    [InlineData("Password123!", "这个密码太常见，容易被猜到，请换一个。")]
    [InlineData("Newcomer-b001", "密码不能主要由姓名、用户名、机构或系统的名称组成。")]
    public async Task FirstSignIn_PasswordAgainstThePolicy_IsAskedForAgain(string password, string says)
    {
        string secret = await EnterAsync("newcomer");
        using Visitor newcomer = portal.Visit("10.0.0.9");
        await newcomer.PostAsync("/sign-in", [("userName", "newcomer@b001"), ("password", secret)]);

        Page page = await newcomer.PostAsync("/sign-in/new-password", [("password", password), ("again", password)]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain(says);
    }

    [Fact]
    public async Task FirstSignIn_SecretOfSevenDaysAgo_OpensNothing()
    {
        string secret = await EnterAsync("newcomer");
        portal.Clock.Advance(TimeSpan.FromDays(7));
        using Visitor newcomer = portal.Visit("10.0.0.9");

        (await newcomer.PostAsync("/sign-in", [("userName", "newcomer@b001"), ("password", secret)])).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SignIn_PasswordNinetyDaysOld_IsChangedAfterTheCodeAndNotToAnOldOne()
    {
        portal.Clock.Advance(TimeSpan.FromDays(90));
        using Visitor visitor = portal.Visit();

        (await visitor.SignInAsync(portal, administrator)).Location.ShouldBe("/sign-in/new-password");
        Page same = await visitor.PostAsync("/sign-in/new-password", [("password", Portal.Password), ("again", Portal.Password)]);
        Page other = await visitor.PostAsync("/sign-in/new-password", [("password", "Bi-hai-99-chao"), ("again", "Bi-hai-99-chao")]);

        same.Text.ShouldContain("不能再用最近 5 次用过的密码。");
        other.Location.ShouldBe("/");
    }

    [Fact]
    public async Task Reset_PasswordOnly_AsksForTheCodeBeforeANewPassword()
    {
        TestPerson maker = await portal.AddAsync("B001", "maker", Role.Maker);
        using Visitor open = await portal.SignedInAsync(maker);
        string secret = await ResetAsync(maker, []);
        using Visitor visitor = portal.Visit();

        (await open.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount&ended=administrator");
        Page page = await visitor.PostAsync("/sign-in", [("userName", maker.UserName), ("password", secret)]);
        page.Location.ShouldBe("/sign-in/code");
        (await visitor.PostAsync("/sign-in/new-password", [("password", "Bi-hai-99-chao"), ("again", "Bi-hai-99-chao")])).Location.ShouldBe("/sign-in?ended=lapsed");
    }

    [Fact]
    public async Task Reset_AuthenticatorToo_BeginsAsAtFirst()
    {
        TestPerson maker = await portal.AddAsync("B001", "maker", Role.Maker);
        string secret = await ResetAsync(maker, [("authenticatorToo", "true")]);
        using Visitor visitor = portal.Visit();

        Page page = await visitor.PostAsync("/sign-in", [("userName", maker.UserName), ("password", secret)]);

        page.Location.ShouldBe("/sign-in/new-password");
        await using FundPool.Data.FundPoolDb db = new(FundPool.Data.FundPoolDb.Options(portal.Database.Owner));
        (await db.AuditEvents.Where(e => e.Action == "ResetSignIn").Select(e => e.Reason).Distinct().SingleAsync()).ShouldBe("本人到场核实，手机丢失");
    }

    private async Task<string> EnterAsync(string name)
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);
        Page page = await visitor.PostAsync("/people/add", [("name", name), ("fullName", "新人"), ("roles", "Maker")]);
        return page.Between("<code class=\"secret\">", "</code>");
    }

    private async Task<string> ResetAsync(TestPerson who, IEnumerable<(string, string)> more)
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);
        Page page = await visitor.PostAsync($"/people/{who.Id}/reset", [("reason", "本人到场核实，手机丢失"), .. more]);
        return page.Between("<code class=\"secret\">", "</code>");
    }

    private static string KeyOn(Page page) => page.Between("<code class=\"secret\">", "</code>").Replace(" ", "");

    private string CodeOf(string key) => Totp.Code(Secrets.FromBase32(key), Totp.StepAt(portal.Clock.GetUtcNow()));
}
