using FundPool.Application.AuditTrail;
using FundPool.Application.Loans;
using FundPool.Application.Reviews;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.AuditTrail;

/// <summary>Who reads which part of the record, page by page.</summary>
public sealed class ListAuditTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Pages_ShowEveryEventOnce()
    {
        await portal.FillAsync("B001");
        TestActor administrator = await portal.PersonAsync("B001", OrganisationKind.Bank, Role.OrganisationAdministrator);
        List<(int, long)> seen = [];
        string? after = null;
        do
        {
            ListAudit.Answer page = await portal.SendAsync(administrator, new ListAudit.Query(new AuditFilter(), after, Size: 3));
            seen.AddRange(page.Rows.Select(r => (r.Event.Chain, r.Event.Seq)));
            after = page.Next;
        }
        while (after is not null && seen.Count < 1000);

        seen.Distinct().Count().ShouldBe(seen.Count);
        seen.Count.ShouldBe((int)await portal.Database.ScalarAsync<long>("select count(*) from audit.event where pool_id = $1 and (bank_id = $2 or organisation_id = $2) and action <> 'RegisterLoans'",
            portal.Database.Pool, portal.Bank("B001")));
    }

    [Fact]
    public async Task Bank_BeforeTheDecision_ReadsNothingOfTheReview()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);
        TestActor officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer), administrator = await portal.PersonAsync("B001", OrganisationKind.Bank, Role.OrganisationAdministrator);
        int version = await portal.Database.ScalarAsync<int>("select row_version from compensation.claim where id = $1", claim.Id);
        (await portal.SendAsync(officer, new ProposeReview.Command(claim.Bank, claim.Id, version, "reject", [], [], [new("15(2)", "purpose", "资金流入楼市")], [], "拟不予通过"))).Succeeded.ShouldBeTrue();

        ListAudit.Answer page = await portal.SendAsync(administrator, new ListAudit.Query(new AuditFilter(), null, Size: 200));

        page.Rows.ShouldNotContain(row => row.Event.Action == "ProposeReview");
        (await portal.Database.ColumnAsync(administrator.Acting, "select action from audit.event where after like '%拟不予通过%' or reason like '%拟不予通过%'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reader_SeesItsOwnPart()
    {
        await portal.FillAsync("B001");
        await portal.FillAsync("B002");

        (await BanksSeenAsync("B001", OrganisationKind.Bank, Role.OrganisationAdministrator)).ShouldBe(["甲银行深圳分行"]);
        (await BanksSeenAsync("GXT", OrganisationKind.Reviewer, Role.OrganisationAdministrator)).ShouldBeEmpty();
        (await BanksSeenAsync("SJJ", OrganisationKind.Auditor, Role.Auditor)).ShouldBe(["乙银行深圳分行", "甲银行深圳分行"], ignoreOrder: true);
        (await BanksSeenAsync("PLATFORM", OrganisationKind.Platform, Role.PlatformAdministrator)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Auditor_ReadingACorrectionOfAPersonsLoan_SeesNoName()
    {
        (string, string?)[] owner = [("borrower_id", "11010519491231002X"), ("borrower_kind", "owner"), ("borrower_name", "欧阳小明"), ("product", "personal_business"), ("credit_line", "5000000.00")];
        TestActor maker = await portal.MakerAsync();
        long loan = await portal.RegisterAsync(maker, "JJ-P", owner);
        (await portal.SendAsync(maker, new ProposeCorrection.Command(loan, LoanRows.Sound("JJ-P", [.. owner, ("branch", "福田支行")]), "经办机构有误", 1))).Succeeded.ShouldBeTrue();

        ListAudit.Answer answer = await portal.SendAsync(await portal.AuditorAsync(), new ListAudit.Query(new AuditFilter { Entity = "loan.correction" }));

        string after = answer.Rows.ShouldHaveSingleItem().Event.After!;
        after.ShouldContain("福田支行");
        after.ShouldNotContain("欧阳小明");
        after.ShouldNotContain("11010519491231002X");
    }

    private async Task<List<string?>> BanksSeenAsync(string organisation, OrganisationKind kind, Role role)
    {
        TestActor reader = await portal.PersonAsync(organisation, kind, role);
        ListAudit.Answer answer = await portal.SendAsync(reader, new ListAudit.Query(new AuditFilter(), Size: 1000));
        answer.Rows.ShouldNotBeNull();
        return [.. answer.Rows.Where(r => r.Bank is not null).Select(r => r.Bank).Distinct()];
    }
}
