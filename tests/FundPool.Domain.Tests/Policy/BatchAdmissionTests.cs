using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Facts;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Policy;

public sealed class BatchAdmissionTests
{
    [Fact]
    public void Claim_OfTheTable_EntersOrSaysWhyNot() => PolicyTable.Check("batch_admission.csv", row =>
    {
        LoanCodes.RiskClasses.TryCode(row["risk_class"], out RiskClass riskClass).ShouldBeTrue();
        BatchFacts facts = new()
        {
            Suspended = row["suspended"] == "true",
            Dishonest = row["dishonest"] == "true",
            Removed = row["removed"] == "true",
            RiskClass = riskClass,
            InLoanLibrary = row["in_loan_library"] == "true",
        };

        BatchAdmission.WhyNot(facts).Select(reason => reason.Article.Code).ShouldBe(row.Codes("articles"));
    });

    // Real notices of the city's bureau ran seven working days; ten days of the same beginning were counted by hand on the calendar.
    [Theory]
    [InlineData("2023-09-22", 7, "2023-10-08")]
    [InlineData("2023-09-22", 10, "2023-10-11")]
    [InlineData("2023-09-22", 3, "2023-10-08")]
    [InlineData("2026-03-18", 10, "2026-03-31")]
    public void Notice_OfALength_EndsOnTheDayCountedByHandAndNeverEarlierThanSevenDays(string published, int days, string end)
    {
        Deadlines deadlines = ReferenceData.Embedded.DeadlinesOf(RulebookSet.Embedded("shenzhen")!.Home);

        deadlines.Due("notice", DateOnly.Parse(published, System.Globalization.CultureInfo.InvariantCulture), days).Due
            .ShouldBe(DateOnly.Parse(end, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Number_OfAPaper_HasSixCornerBracketsAndNoLeadingZero() => PapersRule.Number("深工信", 2026, 3).ShouldBe("深工信〔2026〕3号");
}
