using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Data.Loans;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Loans;

public sealed class RegisterLoanTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor maker = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task SoundLoan_IsRegistered_WithItsRulingAndWhoAndWhen()
    {
        long id = await portal.RegisterAsync(maker, "JJ-1", ("features", "first_loan"));

        Loan loan = (await ShowAsync(maker, id)).Value.Loan;
        (loan.NoteNo, loan.PrincipalFen, loan.Rulebook, loan.ExpectedShareBp, loan.Library, loan.RiskClass).ShouldBe(("JJ-1", 450_000_000L, "shenzhen-2024", 5000, "loan", "normal"));
        (loan.RegisteredOn, loan.RegisteredBy, loan.Quarter, loan.Version).ShouldBe((new DateOnly(2026, 3, 18), (int?)maker.Person, 20261, 1));
    }

    [Theory]
    [InlineData("industry", "K7020", "industry")]
    [InlineData("total_balance", "30000000.01", "ceiling")]
    [InlineData("other_cover", "reguarantee", "other_cover")]
    [InlineData("loan_date", "2025-12-31", "registration_window")]
    [InlineData("loan_date", "2026-03-19", "registration_window")]
    [InlineData("borrower_id", "91440300192317458X", "check_digit")]
    [InlineData("purpose", "", "required")]
    [InlineData("security", "credit;guarantee", "format")]
    public async Task Loan_WithAFault_IsSentBackAtItsField(string field, string value, string code)
    {
        Outcome<long> outcome = await portal.SendAsync(maker, new RegisterLoan.Command(LoanRows.Sound("JJ-F", (field, value))));

        outcome.Problems.ShouldContain(p => p.Field == field && (p.Code == code || (code == "format" && p.Field == "security")), string.Join(", ", outcome.Problems.Select(p => $"{p.Field} {p.Code}")));
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan where note_no = 'JJ-F'")).ShouldBe(0);
    }

    [Fact]
    public async Task LegacyLoan_WithAReason_IsRegisteredLate()
    {
        string?[] cells = LoanRows.Sound("JJ-L", ("loan_date", "2023-08-10"), ("maturity_date", "2024-08-10"));

        (await portal.SendAsync(maker, new RegisterLoan.Command(cells))).Problems.ShouldHaveSingleItem().Code.ShouldBe("required");
        (await portal.SendAsync(maker, new RegisterLoan.Command(cells, "生效前补录"))).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task RemovedBank_IsRefusedWithTheCode()
    {
        await portal.Database.ExecuteAsync("update tenancy.organisation set removed_from = '2026-03-18' where code = 'B001'");

        (await portal.SendAsync(maker, new RegisterLoan.Command(LoanRows.Sound("JJ-R")))).Problems.ShouldHaveSingleItem().Code.ShouldBe("bank_removed");
    }

    [Fact]
    public async Task Ruling_WhileTyping_WritesNothing()
    {
        RuleLoan.Answer answer = await portal.SendAsync(maker, new RuleLoan.Query(LoanRows.Sound("JJ-T", ("industry", "J66"))));

        answer.Problems.ShouldBeEmpty();
        answer.Ruling!.Value.Refusals.ShouldHaveSingleItem().Code.ShouldBe("industry");
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan")).ShouldBe(0);
    }

    [Fact]
    public async Task Edit_InTheWindow_RulesAnew()
    {
        long id = await portal.RegisterAsync(maker, "JJ-E");

        (await portal.SendAsync(maker, new EditLoan.Command(id, LoanRows.Sound("JJ-E", ("total_balance", "5000000.01")), 1))).Succeeded.ShouldBeTrue();

        Loan loan = (await ShowAsync(maker, id)).Value.Loan;
        (loan.ExpectedShareBp, loan.Version).ShouldBe((3000, 2));
    }

    [Fact]
    public async Task Edit_OfAnOldVersion_IsRefused()
    {
        long id = await portal.RegisterAsync(maker, "JJ-V");
        (await portal.SendAsync(maker, new EditLoan.Command(id, LoanRows.Sound("JJ-V", ("branch", "甲")), 1))).Succeeded.ShouldBeTrue();

        Outcome<long> late = await portal.SendAsync(maker, new EditLoan.Command(id, LoanRows.Sound("JJ-V", ("branch", "乙")), 1));

        late.Refusal!.Words.Zh.ShouldStartWith("该笔贷款在您打开之后已被他人修改");
        (await ShowAsync(maker, id)).Value.Loan.Branch.ShouldBe("甲");
    }

    [Fact]
    public async Task TwoEdits_AtTheSameMoment_OneIsRefused()
    {
        long id = await portal.RegisterAsync(maker, "JJ-2E");

        bool[] done = await Task.WhenAll(Enumerable.Range(0, 6).Select(async n => (await portal.SendAsync(maker, new EditLoan.Command(id,
            LoanRows.Sound("JJ-2E", ("branch", "支行" + n.ToString(System.Globalization.CultureInfo.InvariantCulture))), 1))).Succeeded));

        done.Count(d => d).ShouldBe(1);
        (await ShowAsync(maker, id)).Value.Loan.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Edit_AfterTheWindow_IsRefusedWithTheArticleAndTheWayOut()
    {
        long id = await portal.RegisterAsync(maker, "JJ-W");
        // 2026-04-22 is the fifteenth working day of the quarter after; the day after it only a correction helps.
        portal.Clock.Set(new DateTimeOffset(2026, 4, 22, 23, 59, 0, TimeSpan.FromHours(8)));
        (await ShowAsync(maker, id)).Value.IsEditable.ShouldBeTrue();
        portal.Clock.Set(new DateTimeOffset(2026, 4, 23, 0, 0, 0, TimeSpan.FromHours(8)));

        Outcome<long> outcome = await portal.SendAsync(maker, new EditLoan.Command(id, LoanRows.Sound("JJ-W", ("branch", "甲")), 1));

        outcome.Refusal!.Article.Code.ShouldBe("19(1)");
        outcome.Refusal.Words.Zh.ShouldContain("申请更正");
        (await ShowAsync(maker, id)).Value.IsEditable.ShouldBeFalse();
    }

    [Fact]
    public async Task Edit_ToANumberThatExists_IsSentBack()
    {
        long id = await portal.RegisterAsync(maker, "JJ-N1");
        await portal.RegisterAsync(maker, "JJ-N2");

        (await portal.SendAsync(maker, new EditLoan.Command(id, LoanRows.Sound("JJ-N2"), 1))).Problems.ShouldHaveSingleItem().Code.ShouldBe("exists");
    }

    [Fact]
    public async Task Loan_OfAnotherBank_IsNotFoundAnywhere()
    {
        long id = await portal.RegisterAsync(maker, "JJ-O");
        TestActor stranger = await portal.MakerAsync("B002");

        (await ShowAsync(stranger, id)).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new ShowLoan.Query(portal.Bank("B002"), id))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new EditLoan.Command(id, LoanRows.Sound("JJ-O"), 1))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new ReportClassification.Command(id, "loss", new DateOnly(2026, 3, 15), new Domain.Kernel.Money(1), null, true))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new ProposeCorrection.Command(id, LoanRows.Sound("JJ-O", ("branch", "x")), "理由", 1))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new UnmaskBorrower.Command(portal.Bank("B001"), id, "看看是谁"))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new ListLoans.Query(new LoanFilter { Bank = portal.Bank("B001") }))).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Owner_IsMaskedForTheReviewer_AndUnmaskedWithAReasonOnly()
    {
        long id = await portal.RegisterAsync(maker, "JJ-P", ("borrower_id", "11010519491231002X"), ("borrower_kind", "owner"), ("borrower_name", "欧阳小明"),
            ("product", "personal_business"), ("credit_line", "5000000.00"));
        TestActor reviewer = await portal.ReviewerAsync();

        (await ShowAsync(reviewer, id)).Value.Name.ShouldBe("欧阳*");
        (await ShowAsync(maker, id)).Value.Name.ShouldBe("欧阳小明");
        (await portal.SendAsync(reviewer, new ListLoans.Query(new LoanFilter()))).Rows.Select(r => r.BorrowerIdShown).ShouldBe(["110105********002X"]);
        (await portal.SendAsync(reviewer, new UnmaskBorrower.Command(portal.Bank("B001"), id, " "))).Problems.ShouldContain(p => p.Code == "required");
        (await portal.SendAsync(reviewer, new UnmaskBorrower.Command(portal.Bank("B001"), id, "核对身份证件"))).Value.ShouldBe(new UnmaskBorrower.Answer("欧阳小明", "11010519491231002X"));
    }

    [Fact]
    public async Task OwnersNumber_LeftMaskedInTheForm_StaysTheNumber()
    {
        (string, string?)[] owner = [("borrower_kind", "owner"), ("borrower_name", "欧阳小明"), ("product", "personal_business"), ("credit_line", "5000000.00")];
        long id = await portal.RegisterAsync(maker, "JJ-M", [("borrower_id", "11010519491231002X"), .. owner]);

        (await portal.SendAsync(maker, new EditLoan.Command(id, LoanRows.Sound("JJ-M", [("borrower_id", "110105********002X"), ("branch", "甲"), .. owner]), 1))).Succeeded.ShouldBeTrue();

        (await portal.SendAsync(maker, new UnmaskBorrower.Command(portal.Bank("B001"), id, "核对身份证件"))).Value.Number.ShouldBe("11010519491231002X");
    }

    private Task<Outcome<ShowLoan.Answer>> ShowAsync(TestActor actor, long id) => portal.SendAsync(actor, new ShowLoan.Query(portal.Bank("B001"), id));
}
