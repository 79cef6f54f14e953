using FundPool.Application.Documents;
using FundPool.Application.Imports;
using FundPool.Application.Loans;
using FundPool.Application.Views;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Audit;

/// <summary>Every write leaves who, for whom, what, before, after, why and under which article.</summary>
public sealed class TrailTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor maker = null!;
    private TestActor reviewer = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
        reviewer = await portal.ReviewerAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Registration_ByForm_IsWrittenDown()
    {
        await portal.RegisterAsync(maker, "JJ-1");

        Event e = await LastAsync("loan.loan");
        e.ShouldBe(new Event("RegisterLoan", maker.Acting.PersonName, "B001", "19(1)", null, null, e.After));
        e.After!.ShouldContain("\"note_no\": \"JJ-1\", \"principal_fen\": 450000000, \"registered_on\": \"2026-03-18\", \"rulebook\": \"shenzhen-2024\"");
    }

    [Fact]
    public async Task Registration_ByFile_IsWrittenDownARowEach_WithTheBatchAndTheFile()
    {
        await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv("F", 3));

        (await portal.Database.ColumnAsync("select distinct action || ' ' || person_name || ' ' || article from audit.event where entity = 'loan.loan'")).ShouldBe([$"RegisterLoans {maker.Acting.PersonName} 19(1)"]);
        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event where entity = 'loan.loan'")).ShouldBe(3);
        (await LastAsync("loan.file")).Action.ShouldBe("UploadFile");
        (await LastAsync("loan.import_batch")).After!.ShouldContain("\"state\": \"registered\"");
    }

    [Fact]
    public async Task Edit_KeepsBeforeAndAfterOfWhatChanged()
    {
        long loan = await portal.RegisterAsync(maker, "JJ-2");

        (await portal.SendAsync(maker, new EditLoan.Command(loan, LoanRows.Sound("JJ-2", ("branch", "福田支行")), 1))).Succeeded.ShouldBeTrue();

        Event e = await LastAsync("loan.loan");
        (e.Action, e.Person, e.Organisation, e.Article).ShouldBe(("EditLoan", maker.Acting.PersonName, "B001", "19(1)"));
        e.Before!.ShouldContain("\"branch\": null");
        e.After!.ShouldContain("\"branch\": \"福田支行\"");
        e.After!.ShouldNotContain("principal");
    }

    [Fact]
    public async Task Classification_IsWrittenDownWithTheLoanItChanges()
    {
        long loan = await portal.RegisterAsync(maker, "JJ-3");

        await portal.SendAsync(maker, new ReportClassification.Command(loan, "substandard", new DateOnly(2026, 3, 15), new Money(450_000_000), 91, true));

        (await LastAsync("loan.classification")).Action.ShouldBe("ReportClassification");
        Event change = await LastAsync("loan.loan");
        (change.Action, change.Article).ShouldBe(("ReportClassification", "11(2)"));
        change.Before!.ShouldContain("\"risk_class\": \"normal\"");
        change.After!.ShouldContain("\"npl_since\": \"2026-03-15\"");
        (await LastAsync("loan.standing")).After!.ShouldContain("\"standing\": \"suspended\"");
    }

    [Fact]
    public async Task Correction_IsWrittenDownInTheChainsOfBoth_WithReasonAndOpinion()
    {
        long loan = await portal.RegisterAsync(maker, "JJ-4");
        portal.Clock.Advance(TimeSpan.FromDays(60));
        long correction = (await portal.SendAsync(maker, new ProposeCorrection.Command(loan, LoanRows.Sound("JJ-4", ("purpose", "支付货款")), "用途填写有误", 1))).Value;
        Event proposed = await LastAsync("loan.correction");
        (await portal.SendAsync(reviewer, new DecideCorrection.Command(portal.Bank("B001"), correction, true, "材料齐全"))).Succeeded.ShouldBeTrue();

        (proposed.Action, proposed.Organisation, proposed.Article, proposed.Reason).ShouldBe(("ProposeCorrection", "B001", "11(3)", "用途填写有误"));
        Event decided = await LastAsync("loan.correction"), changed = await LastAsync("loan.loan");
        (decided.Action, decided.Person, decided.Organisation, decided.Article, decided.Reason).ShouldBe(("DecideCorrection", reviewer.Acting.PersonName, "GXT", "10(2)", "材料齐全"));
        changed.Before!.ShouldContain("\"purpose\": \"采购原材料\"");
        changed.After!.ShouldContain("\"purpose\": \"支付货款\"");
        (await portal.Database.ColumnAsync("select distinct bank_id from audit.event where entity = 'loan.loan'")).ShouldHaveSingleItem();
        (await portal.Database.ColumnAsync("select problem from audit.breaks()")).ShouldBeEmpty();
    }

    [Fact]
    public async Task LookingAndTakingOut_AreWrittenDownThoughNothingChanges()
    {
        long loan = await portal.RegisterAsync(maker, "JJ-5");
        await using MemoryStream pdf = new([.. "%PDF-1.7"u8]);
        long document = (await portal.SendAsync(maker, new AttachDocument.Command(loan, pdf, "a.pdf", "合同"))).Value;

        await (await portal.SendAsync(reviewer, new OpenDocument.Command(portal.Bank("B001"), document))).Value.Content.DisposeAsync();
        (await LastAsync("loan.document")).Action.ShouldBe("OpenDocument");
        await (await portal.SendAsync(reviewer, new ExportLoans.Command(new LoanFilter(), LoanOrder.Newest, false, "全部"))).DisposeAsync();
        Event export = await LastAsync("loan.loan");
        (export.Action, export.Organisation, export.After).ShouldBe(("ExportLoans", "GXT", "全部; 1 rows"));
        await portal.SendAsync(reviewer, new UnmaskBorrower.Command(portal.Bank("B001"), loan, "核对借款人身份"));
        Event unmasked = await LastAsync("loan.loan");
        (unmasked.Action, unmasked.Reason, unmasked.After).ShouldBe(("UnmaskBorrower", "核对借款人身份", null));
        (await portal.SendAsync(maker, new WithdrawDocument.Command(document))).Succeeded.ShouldBeTrue();
        (await LastAsync("loan.document")).Action.ShouldBe("WithdrawDocument");
    }

    [Fact]
    public async Task SavedView_AndPeople_AreWrittenDownWithoutSecrets()
    {
        await portal.SendAsync(maker, new SaveView.Command("loans", "我的", "q=1", false));

        (await LastAsync("tenancy.saved_view")).Action.ShouldBe("SaveView");
        (await LastAsync("tenancy.person")).After!.ShouldNotContain("security_stamp");
        await portal.Database.ExecuteAsync("update tenancy.person set password_hash = 'geheim' where id = $1", maker.Person);
        (await portal.Database.ColumnAsync("select 1 from audit.event e where e::text like '%geheim%'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Trace_OfTheRequest_StandsBesideTheChange()
    {
        await portal.RegisterAsync(maker, "JJ-6");

        (await portal.Database.ColumnAsync("select distinct trace_id from audit.event where entity = 'loan.loan'")).ShouldBe(["trace-of-the-test"]);
    }

    [Fact]
    public async Task HistoryOfALoan_IsOnItsPage()
    {
        long loan = await portal.RegisterAsync(maker, "JJ-7");
        await portal.SendAsync(maker, new EditLoan.Command(loan, LoanRows.Sound("JJ-7", ("branch", "福田支行")), 1));
        await portal.SendAsync(maker, new ReportClassification.Command(loan, "special_mention", new DateOnly(2026, 3, 15), new Money(450_000_000), null, true));

        ShowLoan.Answer page = (await portal.SendAsync(maker, new ShowLoan.Query(portal.Bank("B001"), loan))).Value;

        page.History.Select(e => $"{e.What} {string.Join(' ', e.Changes.Select(c => c.Field))}".Trim()).ShouldBe(["ReportClassification risk_class class_date outstanding", "EditLoan branch", "RegisterLoan"]);
        page.RegisteredBy.ShouldBe(maker.Acting.PersonName);
    }

    private async Task<Event> LastAsync(string entity)
    {
        List<string?> fields = await portal.Database.ColumnAsync("""
            select unnest(array[e.action, e.person_name, o.code, e.article, e.reason, e.before, e.after])
            from (select * from audit.event where entity = $1 order by at desc, seq desc limit 1) e left join tenancy.organisation o on o.id = e.organisation_id
            """, entity);
        return new Event(fields[0]!, fields[1]!, fields[2], fields[3], fields[4], fields[5], fields[6]);
    }

    private sealed record Event(string Action, string Person, string? Organisation, string? Article, string? Reason, string? Before, string? After);
}
