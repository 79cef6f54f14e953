using System.Net;
using FundPool.Application;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
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
    public async Task Table_ThatIsWatched_HasANameAndLabelsForItsColumns()
    {
        string[] watched = [.. (await portal.Database.ColumnAsync("""
            select distinct n.nspname || '.' || c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where t.tgname = 'audit_insert'
            """)).Select(name => name!)];
        string[] columns = [.. (await portal.Database.ColumnAsync("""
            select distinct a.attname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
            where t.tgname = 'audit_insert' and n.nspname in ('compensation', 'ledger') and a.attnum > 0 and not a.attisdropped
              and c.relname || '.' || a.attname not in ('claim_version.ruling', 'claim_version.ruled_case', 'payout.account_cipher', 'objector.name', 'objector.unit', 'objector.unit_code',
                'objector.phone_key', 'objector.phone_cipher', 'objector.address', 'paper.docx')
            """)).Select(name => name!)];

        watched.Except(AuditWords.EntityCodes).ShouldBeEmpty("Give each a name in Features/AuditTrail/AuditWords.cs.");
        columns.Where(column => !AuditWords.Knows(column)).ShouldBeEmpty("Label each, or leave it out, in Features/AuditTrail/AuditWords.cs.");
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
