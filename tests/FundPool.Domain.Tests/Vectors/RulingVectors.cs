using System.Globalization;
using System.Text;
using FundPool.Domain.Compensation;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using Shouldly;
using Xunit;
using Case = FundPool.Domain.Compensation.Case;

namespace FundPool.Domain.Tests.Vectors;

/// <summary>The rulings of domain.md section 9 and the sentences of contract.md section 3 that are easy to get wrong.</summary>
public class RulingVectors
{
    private const string Plain = """
        {"id":"1","loanDate":"2024-05-10","maturityDate":"2025-05-10","borrowerKind":"small","industry":"C3921","principal":"4500000.00","annualRate":"0.0365",
        "product":"working_capital","totalBalance":"4500000.00","otherCover":"none","security":["guarantee"],"registeredOn":"2024-06-01","riskClass":"substandard",
        "nplDate":"2025-03-10","appliedOn":"2025-04-10","creditReportOn":"2025-04-08","outstandingPrincipal":"4500000.00"}
        """;

    [Fact]
    public void Ruling_OfAPlainCase_IsEligibleWithEveryStepNamed()
    {
        Ruling ruling = On();

        ruling.Outcome.ShouldBe(RulingOutcome.Eligible);
        ruling.Rulebook.Code.ShouldBe("shenzhen-2024");
        ruling.Share.ToString().ShouldBe("0.40");
        ruling.Amount.ToString().ShouldBe("1800000.00");
        ruling.Steps.Select(step => step.Code).ShouldBe(
        [
            "term", "rulebook_complete", "borrower_kind", "industry", "ceiling", "product", "other_cover", "purpose", "risk_class", "rate", "registration_window",
            "npl_after_registration", "claim_window", "credit_report", "bank_dishonest", "bank_removed", "bank_suspended", "step", "qualification", "feature", "cap", "amount",
        ]);
        ruling.Steps.Single(step => step.Code == "purpose").Met.ShouldBeNull();
    }

    [Theory]
    [InlineData("5000000.00", "0.40")]
    [InlineData("5000000.01", "0.30")]
    [InlineData("15000000.00", "0.30")]
    [InlineData("15000000.01", "0.20")]
    [InlineData("30000000.00", "0.20")]
    public void Share_ByTotalBalance_HasInclusiveUpperBounds(string balance, string share) =>
        On(("totalBalance", $"\"{balance}\"")).Share.ToString().ShouldBe(share);

    [Fact]
    public void Ruling_AboveTheCeiling_IsIneligible()
    {
        Ruling ruling = On(("totalBalance", "\"30000000.01\""));

        ruling.Outcome.ShouldBe(RulingOutcome.Ineligible);
        ruling.Failed.ShouldBe(["ceiling"]);
        ruling.Amount.ToString().ShouldBe("0.00");
        ruling.Steps.Count().ShouldBe(22);
    }

    [Theory]
    [InlineData("4800000.00", """["little_giant"]""", """["first_loan"]""", """["guarantee"]""", "0.50")]
    [InlineData("20000000.00", """["high_tech"]""", """["green"]""", """["guarantee"]""", "0.40")]
    [InlineData("20000000.00", """["high_tech","key_list"]""", "[]", """["guarantee"]""", "0.30")]
    [InlineData("20000000.00", "[]", "[]", """["credit"]""", "0.30")]
    [InlineData("20000000.00", "[]", "[]", """["credit","co_borrower"]""", "0.20")]
    [InlineData("20000000.00", "[]", "[]", """["real_estate","receivable"]""", "0.30")]
    [InlineData("20000000.00", "[]", "[]", """["rights"]""", "0.20")]
    [InlineData("20000000.00", "[]", "[]", """["movable"]""", "0.20")]
    public void Share_WithAdditions_AddsEachGroupOnceUpToTheCap(string balance, string qualifications, string features, string security, string share) =>
        On(("totalBalance", $"\"{balance}\""), ("qualifications", qualifications), ("features", features), ("security", security)).Share.ToString().ShouldBe(share);

    [Theory]
    [InlineData("2024-10-20", "0.0535", true)]
    [InlineData("2024-10-20", "0.05350001", false)]
    [InlineData("2024-10-21", "0.0510", true)]
    [InlineData("2024-10-21", "0.0511", false)]
    [InlineData("2026-10-19", "0.0500", true)]
    [InlineData("2026-10-20", "0.0300", null)]
    [InlineData("2019-08-19", "0.0300", null)]
    [InlineData("2023-08-09", "0.0300", null)]
    public void Rate_AgainstTheLprOfTheLoanDate_PassesAtTheLimit(string loanDate, string rate, bool? met) =>
        Met("rate", ("loanDate", $"\"{loanDate}\""), ("maturityDate", "\"2026-12-31\""), ("annualRate", $"\"{rate}\"")).ShouldBe(met);

    [Theory]
    [InlineData("2024-02-29", "2029-02-28", "0.0545", true)] // 1-year LPR 3.45 %.
    [InlineData("2024-02-29", "2029-02-28", "0.0546", false)]
    [InlineData("2024-02-29", "2029-03-01", "0.0595", true)] // 5-year LPR 3.95 %.
    [InlineData("2024-02-29", "2029-03-01", "0.0596", false)]
    public void Rate_OfATermBeyondFiveYears_TakesTheLongLpr(string loanDate, string maturity, string rate, bool met) =>
        Met("rate", ("loanDate", $"\"{loanDate}\""), ("maturityDate", $"\"{maturity}\""), ("annualRate", $"\"{rate}\"")).ShouldBe(met);

    [Fact]
    public void Ruling_OfALoanOfThe2020Window_CannotBeToldWhereThatRuleDecides()
    {
        Ruling ruling = On(("loanDate", "\"2023-08-09\""), ("registeredOn", "\"2023-09-01\""), ("industry", "\"J66\""));

        ruling.Outcome.ShouldBe(RulingOutcome.Undetermined);
        ruling.Rulebook.Code.ShouldBe("shenzhen-2024");
        ruling.Failed.ShouldBeEmpty();
        ruling.Steps.Take(17).Where(step => step.Met is null).Select(step => step.Code)
            .ShouldBe(["rulebook_complete", "borrower_kind", "industry", "ceiling", "product", "other_cover", "purpose", "rate"]);
        ruling.Share.ToString().ShouldBe("0.00");
    }

    [Fact]
    public void Ruling_WithAnNplDateOfThe2020Window_PointsToThatRulebook()
    {
        Ruling ruling = On(("nplDate", "\"2023-03-01\""));

        ruling.Rulebook.Code.ShouldBe("shenzhen-2020");
        ruling.Failed.ShouldBe(["npl_after_registration", "claim_window"]);
        ruling.Steps.Skip(17).Select(step => step.Met).ShouldAllBe(met => met == null);
    }

    [Theory]
    [InlineData("loanDate", "2023-02-28", false)]
    [InlineData("loanDate", "2023-03-01", true)]
    [InlineData("nplDate", "2028-08-10", true)]
    [InlineData("nplDate", "2028-08-11", false)]
    public void Term_AtItsEnds_IncludesThem(string field, string day, bool met) => Met("term", (field, $"\"{day}\"")).ShouldBe(met);

    [Theory]
    [InlineData("2024-05-09", false, false)]
    [InlineData("2024-05-10", false, true)]
    [InlineData("2024-07-19", false, true)]
    [InlineData("2024-07-22", false, false)]
    [InlineData("2024-07-22", true, false)] // Not a loan of the time before the rule.
    public void RegistrationWindow_ByTheDayOfRegistration_IsFromTheLoanDateToTheDeadline(string registered, bool legacy, bool met) =>
        Met("registration_window", ("registeredOn", $"\"{registered}\""), ("legacy", legacy ? "true" : "false")).ShouldBe(met);

    [Theory]
    [InlineData("2023-12-31", "2024-08-01", true)]
    [InlineData("2023-12-31", "2023-12-30", false)]
    [InlineData("2024-01-01", "2024-08-01", false)]
    [InlineData("2023-08-10", "2024-08-01", true)]
    public void RegistrationWindow_OfALegacyLoan_LeavesOutTheDeadlineOnly(string loanDate, string registered, bool met) =>
        Met("registration_window", ("loanDate", $"\"{loanDate}\""), ("registeredOn", $"\"{registered}\""), ("legacy", "true")).ShouldBe(met);

    [Theory]
    [InlineData("2025-03-10", null)]
    [InlineData("2025-03-11", false)]
    [InlineData("2025-03-09", true)]
    public void NplAfterRegistration_OnTheSameDay_IsTheReviewersToDecide(string registered, bool? met) =>
        Met("npl_after_registration", ("registeredOn", $"\"{registered}\"")).ShouldBe(met);

    [Theory]
    [InlineData("owner", "10000000.00", "30000000.00", true)]
    [InlineData("owner", "10000000.01", "4500000.00", false)]
    [InlineData("sole_trader", "10000000.00", "30000000.01", false)]
    public void Ceiling_OfAPerson_IsTheCreditLineAndTheBalance(string kind, string line, string balance, bool met) =>
        Met("ceiling", ("borrowerKind", $"\"{kind}\""), ("creditLine", $"\"{line}\""), ("totalBalance", $"\"{balance}\"")).ShouldBe(met);

    [Fact]
    public void Ruling_OfASuspendedBank_IsHaltedAndKeepsItsAmount()
    {
        Ruling ruling = On(("bankSuspended", "true"));

        ruling.Outcome.ShouldBe(RulingOutcome.Halted);
        ruling.Failed.ShouldBe(["bank_suspended"]);
        ruling.Amount.ToString().ShouldBe("1800000.00");
    }

    [Fact]
    public void Amount_OfTheSmallerPrincipal_IsRoundedHalfUpToTheFen()
    {
        On(("outstandingPrincipal", "\"100.04\""), ("nplPrincipal", "\"100.05\""), ("totalBalance", "\"6000000.00\"")).Amount.ToString().ShouldBe("30.01");
        On(("outstandingPrincipal", "\"100.05\""), ("totalBalance", "\"6000000.00\"")).Amount.ToString().ShouldBe("30.02");
    }

    [Fact]
    public void Step_RestingOnAProvisionalDeadline_SaysSo()
    {
        Ruling ruling = On(("loanDate", "\"2026-10-10\""), ("maturityDate", "\"2027-10-10\""), ("registeredOn", "\"2026-10-12\""), ("nplDate", "\"2026-10-13\""));

        RulingStep claim = ruling.Steps.Single(step => step.Code == "claim_window");
        claim.Text(Language.Zh).ShouldContain("暂定");
        claim.Text(Language.En).ShouldContain("provisional");
    }

    [Fact]
    public void Ruling_WithFarDates_IsMadeWithoutFailing() =>
        On(("loanDate", "\"9999-11-30\""), ("maturityDate", "\"9999-12-31\""), ("nplDate", "\"9999-12-31\""), ("creditReportOn", "\"9999-12-31\"")).Outcome.ShouldBe(RulingOutcome.Ineligible);

    private static bool? Met(string code, params (string Field, string Value)[] changes) => On(changes).Steps.Single(step => step.Code == code).Met;

    private static Ruling On(params (string Field, string Value)[] changes)
    {
        CaseReader.TryRead(Encoding.UTF8.GetBytes(With(changes)), out _, out Case? found, out Problem? problem).ShouldBeTrue(problem?.Field + " " + problem?.Code);
        return Ruling.On(found!, RulebookSet.Embedded("shenzhen")!, ReferenceData.Embedded);
    }

    // The last of two equal names counts, so that a change is added at the end.
    private static string With((string Field, string Value)[] changes) =>
        changes.Aggregate(Plain.TrimEnd()[..^1], (json, change) => string.Create(CultureInfo.InvariantCulture, $"{json},\"{change.Field}\":{change.Value}")) + "}";
}
