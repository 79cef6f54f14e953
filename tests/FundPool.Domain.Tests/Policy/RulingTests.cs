using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Policy;

public sealed class RulingTests
{
    [Fact]
    public void Condition_OfTheTable_IsAnsweredAsListed() => PolicyTable.Check("conditions.csv", row =>
    {
        Ruling ruling = Cases.Rule(row["change"]);

        ruling.Step(row["code"]).Met.Word().ShouldBe(row["met"]);
        ruling.Outcome.Word().ShouldBe(row["outcome"]);
        if (row["met"] == "false")
        {
            ruling.Failed.ShouldContain(row["code"]);
        }
    });

    [Fact]
    public void Share_OfTheTable_IsAsListed() => PolicyTable.Check("share.csv", row =>
    {
        Ruling ruling = Cases.Rule(
            $"principal=0.01;outstandingPrincipal=0.01;totalBalance={row["total_balance"]};security={Joined(row, "security")};features={Joined(row, "features")};qualifications={Joined(row, "qualifications")}");

        ruling.Outcome.ShouldBe(RulingOutcome.Eligible);
        ruling.Share.ToString().ShouldBe(row["share"]);
    });

    [Fact]
    public void Amount_OfTheTable_IsAsListed() => PolicyTable.Check("amount.csv", row =>
    {
        Ruling ruling = Cases.Rule(
            $"totalBalance={row["total_balance"]};features={row["features"]};principal={row["principal"]};outstandingPrincipal={row["outstanding"]};nplPrincipal={row["npl_principal"]}");

        ruling.Share.ToString().ShouldBe(row["share"]);
        ruling.Amount.ToString().ShouldBe(row["amount"]);
    });

    [Fact]
    public void Rate_OfTheTable_IsAnsweredAsListed() => PolicyTable.Check("rate.csv", row =>
    {
        Ruling ruling = Cases.Rule($"loanDate={row["loan_date"]};maturityDate={row["maturity_date"]};annualRate={row["annual_rate"]}");

        RulingStep step = ruling.Step("rate");
        step.Met.Word().ShouldBe(row["met"]);
        if (row["limit"].Length > 0)
        {
            Rate.TryParse(row["limit"], out Rate limit).ShouldBeTrue();
            step.Words.Zh.ShouldContain(limit.ToPercent());
        }
    });

    [Fact]
    public void Ruling_OfAnyCase_NamesEveryConditionThenEveryPiece()
    {
        string[] codes =
        [
            "term", "rulebook_complete", "borrower_kind", "industry", "ceiling", "product", "other_cover", "purpose", "risk_class", "rate",
            "registration_window", "npl_after_registration", "claim_window", "credit_report", "bank_dishonest", "bank_removed", "bank_suspended",
            "step", "qualification", "feature", "cap", "amount",
        ];

        foreach (string changes in new[] { "", "industry=J66;bankRemoved=true", "loanDate=2023-05-10;maturityDate=2024-05-10;registeredOn=2023-06-01;nplDate=2023-07-05;appliedOn=2023-08-01;creditReportOn=2023-08-01" })
        {
            Ruling ruling = Cases.Rule(changes);

            ruling.Steps.Select(step => step.Code).ShouldBe(codes);
            ruling.Steps.ShouldAllBe(step => step.Words.Zh.Length > 0 && step.Words.En.Length > 0 && step.Article.ToString().Length > 0);
        }
    }

    [Fact]
    public void Ruling_NotEligible_NamesNoAmount()
    {
        Ruling refused = Cases.Rule("industry=J66;otherCover=insurance;bankSuspended=true");
        Ruling open = Cases.Rule("nplDate=2024-11-20");

        refused.Failed.ShouldBe(["industry", "other_cover", "bank_suspended"]);
        refused.Share.ToString().ShouldBe("0.00");
        refused.Amount.ToString().ShouldBe("0.00");
        open.Outcome.ShouldBe(RulingOutcome.Undetermined);
        open.Amount.ToString().ShouldBe("0.00");
    }

    [Fact]
    public void Ruling_OfASuspendedBank_KeepsShareAndAmount()
    {
        Ruling ruling = Cases.Rule("bankSuspended=true;features=green");

        ruling.Outcome.ShouldBe(RulingOutcome.Halted);
        ruling.Share.ToString().ShouldBe("0.50");
        ruling.Amount.ToString().ShouldBe("2250000.00");
    }

    [Theory]
    [InlineData("2023-02-28", "shenzhen-2024")]
    [InlineData("2023-03-01", "shenzhen-2020")]
    [InlineData("2023-08-09", "shenzhen-2020")]
    [InlineData("2023-08-10", "shenzhen-2024")]
    [InlineData("2028-08-11", "shenzhen-2024")]
    public void Rulebook_OfAClaim_IsTheOneThatTheNplDatePointsTo(string nplDate, string rulebook) =>
        Cases.Rule($"nplDate={nplDate}").Rulebook.Code.ShouldBe(rulebook);

    [Fact]
    public void Ruling_BeforeTheCalendarIsLoaded_SaysThatTheDayIsProvisional()
    {
        Ruling ruling = Cases.Rule("nplDate=2026-11-05;appliedOn=2026-12-01;creditReportOn=2026-12-01");

        ruling.Outcome.ShouldBe(RulingOutcome.Eligible);
        ruling.Step("claim_window").Words.Zh.ShouldContain("暂定");
        ruling.Step("registration_window").Words.Zh.ShouldNotContain("暂定");
    }

    [Fact]
    public void Ceiling_OfALoanOfTheOldRule_IsOpenAndNotRefused()
    {
        Ruling ruling = Cases.Rule("loanDate=2023-05-10;maturityDate=2024-05-10;registeredOn=2023-06-01;totalBalance=30000000.01");

        ruling.Outcome.ShouldBe(RulingOutcome.Undetermined);
        ruling.Failed.ShouldBeEmpty();
    }

    private static string Joined(PolicyRow row, string column) => string.Join('+', row.Codes(column));
}
