using System.Net;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Identity;

/// <summary>What administrators do: people of their own organisation, and organisations.</summary>
public sealed class PeoplePagesTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPerson administrator = null!;
    private TestPerson maker = null!;
    private TestPerson platform = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        administrator = await portal.AddAsync("B001", "admin", Role.OrganisationAdministrator);
        maker = await portal.AddAsync("B001", "maker", Role.Maker);
        platform = await portal.AddAsync("PLATFORM", "root", Role.PlatformAdministrator);
    }

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public async Task AddPerson_NameOfAColleague_IsTaken()
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);

        Page page = await visitor.PostAsync("/people/add", [("name", "maker"), ("fullName", "另一人"), ("roles", "Checker")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("这个用户名已有人使用，请换一个");
    }

    [Theory]
    [InlineData(new[] { "OrganisationAdministrator", "Maker" }, "机构管理员不能兼任业务岗位，请另设人员")]
    [InlineData(new[] { "PlatformAdministrator" }, "本类机构没有这个岗位")]
    [InlineData(new[] { "Officer" }, "本类机构没有这个岗位")]
    [InlineData(new string[0], "请至少选择一个岗位")]
    public async Task AddPerson_RolesThatDoNotGoTogether_AreRefused(string[] roles, string says)
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);

        Page page = await visitor.PostAsync("/people/add", [("name", "other"), ("fullName", "另一人"), .. roles.Select(role => ("roles", role))]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain(says);
    }

    [Fact]
    public async Task EditPerson_OwnRoles_AreRefused()
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);

        Page page = await visitor.PostAsync($"/people/{administrator.Id}/edit", [("fullName", "管理员"), ("roles", "Maker")]);

        page.Text.ShouldContain("不能修改自己的岗位，请由另一位管理员办理");
    }

    [Fact]
    public async Task DisablePerson_WithOpenWork_HandsItToAnother()
    {
        TestPerson successor = await portal.AddAsync("B001", "successor", Role.Maker);
        await using (FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner)))
        {
            db.Drafts.Add(DraftOf(maker.Id, "mine"));
            db.Drafts.Add(DraftOf(maker.Id, "new"));
            db.Drafts.Add(DraftOf(successor.Id, "new"));
            await db.SaveChangesAsync();
        }

        using Visitor visitor = await portal.SignedInAsync(administrator);
        Page without = await visitor.PostAsync($"/people/{maker.Id}/disable", [("reason", "离职")]);
        Page toTheAdministrator = await visitor.PostAsync($"/people/{maker.Id}/disable", [("reason", "离职"), ("handOverTo", $"{administrator.Id}")]);
        Page with = await visitor.PostAsync($"/people/{maker.Id}/disable", [("reason", "离职"), ("handOverTo", $"{successor.Id}")]);

        without.Text.ShouldContain("该人员有未办结的工作，请选择接手人");
        toTheAdministrator.Text.ShouldContain("该人员有未办结的工作，请选择接手人");
        with.Location.ShouldBe($"/people/{maker.Id}");
        await using FundPoolDb after = new(FundPoolDb.Options(portal.Database.Owner));
        (await after.Drafts.Where(d => d.PersonId == successor.Id).OrderBy(d => d.Key).Select(d => d.Key).ToListAsync())
            .ShouldBe(["mine", "new", $"new-{maker.Id}"]);
        (await after.AuditEvents.AnyAsync(e => e.Action == "DisablePerson" && e.Reason == "离职" && e.PersonId == administrator.Id)).ShouldBeTrue();
    }

    [Fact]
    public async Task DisablePerson_Oneself_IsRefused()
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);

        Page page = await visitor.PostAsync($"/people/{administrator.Id}/disable", [("reason", "试")]);

        page.Text.ShouldContain("不能停用自己的账号，请由另一位管理员办理");
    }

    [Fact]
    public async Task EnablePerson_AfterDisabling_SignsInWithTheOldPassword()
    {
        using Visitor visitor = await portal.SignedInAsync(administrator);
        await visitor.PostAsync($"/people/{maker.Id}/disable", [("reason", "休假")]);
        using Visitor person = portal.Visit();
        (await person.SignInAsync(portal, maker)).Status.ShouldBe(HttpStatusCode.BadRequest);

        await visitor.PostAsync("/people/add", [], $"/people/{maker.Id}/enable");

        (await person.SignInAsync(portal, maker)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task EndSessions_OfAColleague_CountsAtOnce()
    {
        using Visitor person = await portal.SignedInAsync(maker);
        using Visitor visitor = await portal.SignedInAsync(administrator);

        await visitor.PostAsync("/people/add", [], $"/people/{maker.Id}/sessions/end");

        (await person.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount&ended=administrator");
    }

    [Fact]
    public async Task OpenOrganisation_WithAdministrator_WhoEntersTheOthers()
    {
        using Visitor visitor = await portal.SignedInAsync(platform);

        Page page = await visitor.PostAsync("/organisations/open",
            [("pool", $"{portal.Database.Pool}"), ("kind", "Bank"), ("code", "B003"), ("title", "丙银行"), ("name", "first"), ("fullName", "首位")]);

        page.Text.ShouldContain("first@b003");
        (await visitor.GetAsync("/organisations")).Text.ShouldContain("丙银行");
    }

    [Theory]
    [InlineData("B001", "这个资金池里已有该代码的机构")]
    [InlineData("b 3", "机构代码为 1 至 32 位大写字母、数字、横线或下划线，例如 B001")]
    public async Task OpenOrganisation_CodeThatCannotBe_IsRefused(string code, string says)
    {
        using Visitor visitor = await portal.SignedInAsync(platform);

        Page page = await visitor.PostAsync("/organisations/open",
            [("pool", $"{portal.Database.Pool}"), ("kind", "Bank"), ("code", code), ("title", "丙银行"), ("name", "first"), ("fullName", "首位")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain(says);
    }

    [Fact]
    public async Task SwitchOrganisation_Disabled_ClosesAndEnabledOpensNoOldSession()
    {
        using Visitor person = await portal.SignedInAsync(maker);
        using Visitor visitor = await portal.SignedInAsync(platform);
        string page = $"/organisations/{maker.Organisation}/switch";

        (await visitor.PostAsync(page, [("disable", "true"), ("reason", "机构合并")])).Location.ShouldBe($"/organisations/{maker.Organisation}");
        (await person.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount&ended=administrator");
        using Visitor again = portal.Visit();
        (await again.SignInAsync(portal, maker)).Status.ShouldBe(HttpStatusCode.BadRequest);
        await visitor.PostAsync(page, [("disable", "false"), ("reason", "恢复")]);

        (await person.GetAsync("/account")).Location.ShouldBe("/sign-in?return=%2Faccount");
        (await again.SignInAsync(portal, maker)).Location.ShouldBe("/");
    }

    private Draft DraftOf(int person, string key) => new()
    {
        PoolId = maker.Pool, BankId = maker.Organisation, PersonId = person, Kind = "register", Key = key, Body = "{}", SavedAt = DateTime.UnixEpoch,
    };
}
