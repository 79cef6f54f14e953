using System.Net;
using FundPool.Application;
using FundPool.Domain.Tenancy;
using FundPool.Web.Features.AuditTrail;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.AuditTrail;

public sealed class AuditPagesTests : IAsyncLifetime
{
    private Portal portal = null!;

    public async Task InitializeAsync() => portal = await Portal.StartAsync();

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public void Request_ThatWrites_HasANameInTheRecord()
    {
        string[] nameless = [.. ApplicationServices.Requests().Where(type => type.Name == "Command").Select(type => type.DeclaringType!.Name)
            .Where(name => !ActionNames.IsKnown(name)).Distinct()];

        nameless.ShouldBeEmpty("Give each a name in Features/AuditTrail/ActionNames.cs.");
    }

    [Fact]
    public async Task Audit_OfAnInstitutionsAdministrator_HoldsItsOwnDeedsOnly()
    {
        await portal.AddAsync("B001", "maker", Role.Maker);
        TestPerson administrator = await portal.AddAsync("GXT", "admin", Role.OrganisationAdministrator);
        using Visitor visitor = await portal.SignedInAsync(administrator);
        (await visitor.GetAsync("/reference/rates")).Status.ShouldBe(HttpStatusCode.Forbidden);

        Page page = await visitor.GetAsync("/audit");

        page.Text.ShouldContain("越权访问被拒");
        page.Text.ShouldNotContain("测试maker");
    }

    [Fact]
    public async Task Audit_OfThePlatform_TellsPeopleAndNoLoans()
    {
        await portal.AddAsync("B001", "maker", Role.Maker);
        using Visitor visitor = await portal.SignedInAsync(await portal.AddAsync("PLATFORM", "root", Role.PlatformAdministrator));

        Page page = await visitor.GetAsync("/audit?entity=tenancy.person");

        page.Text.ShouldContain("测试maker");
        page.Text.ShouldNotContain("value=\"loan.loan\"");
    }

    [Theory]
    [InlineData("?deed=AddPerson&from=2026-01-01&to=2026-12-31&person=测试&id=1")]
    [InlineData("?after=nonsense")]
    [InlineData("?from=neverday")]
    public async Task Audit_AnyFilter_IsAnswered(string query)
    {
        using Visitor visitor = await portal.SignedInAsync(await portal.AddAsync("SJJ", "auditor", Role.Auditor));

        (await visitor.GetAsync("/audit" + query)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Export_OfTheRecord_IsItselfRecorded()
    {
        using Visitor visitor = await portal.SignedInAsync(await portal.AddAsync("SJJ", "auditor", Role.Auditor));

        Page file = await visitor.GetAsync("/audit/export");
        Page record = await visitor.GetAsync("/audit?deed=ExportAudit");

        file.Status.ShouldBe(HttpStatusCode.OK);
        file.Text.ShouldStartWith("PK");
        record.Text.ShouldContain("导出操作记录");
        record.Text.ShouldContain("链 ");
    }
}
