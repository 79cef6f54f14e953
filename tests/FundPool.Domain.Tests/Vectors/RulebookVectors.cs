using FundPool.Domain.Compensation;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;
using Shouldly;
using Xunit;
using Case = FundPool.Domain.Compensation.Case;

namespace FundPool.Domain.Tests.Vectors;

/// <summary>Rulebooks are data: read strictly, dated, and the older one decides once its figures are entered.</summary>
public class RulebookVectors
{
    [Fact]
    public void Rulebook_WithAMisspeltKey_IsRefusedByItsPath()
    {
        string json = RulebookSet.EmbeddedText("shenzhen-2024").Replace("\"excluded\"", "\"exluded\"", StringComparison.Ordinal);

        Should.Throw<FormatException>(() => RulebookReader.Read(json)).Message.ShouldBe("rulebook.conditions[3].exluded is nothing that a rulebook knows.");
    }

    [Fact]
    public void Rulebook_WithoutAFigure_IsRefusedByItsPath()
    {
        string json = RulebookSet.EmbeddedText("shenzhen-2024").Replace("\"spread\": \"0.02\", ", "", StringComparison.Ordinal);

        Should.Throw<FormatException>(() => RulebookReader.Read(json)).Message.ShouldBe("rulebook.conditions[9].spread is missing.");
    }

    [Fact]
    public void Rulebooks_ThatThePortalShips_AreThoseOfShenzhen()
    {
        RulebookSet.EmbeddedPools.ShouldBe(["shenzhen"]);
        RulebookSet.Embedded("shenzhen")!.Home.Code.ShouldBe("shenzhen-2024");
        RulebookSet.Embedded("nowhere").ShouldBeNull();
    }

    [Theory]
    [InlineData("2023-02-28", "shenzhen-2024")]
    [InlineData("2023-03-01", "shenzhen-2020")]
    [InlineData("2023-08-09", "shenzhen-2020")]
    [InlineData("2023-08-10", "shenzhen-2024")]
    public void Pointer_ByDate_LeadsToTheRulebookOfThatTime(string day, string code)
    {
        RulebookSet set = RulebookSet.Embedded("shenzhen")!;

        set.EligibilityOf(DateOnly.Parse(day, null)).Code.ShouldBe(code);
        set.StandardOf(DateOnly.Parse(day, null)).Code.ShouldBe(code);
    }

    [Fact]
    public void Ruling_OnceTheOlderRulebookIsEntered_IsMadeByItsFigures()
    {
        RulebookSet set = new("shenzhen-2024", [RulebookSet.Embedded("shenzhen")!.Home, OlderRulebookEntered()]);

        Ruling excludedThen = Ruling.On(CaseOf("C39", "2023-05-04", "2023-06-30", "2023-09-01"), set, ReferenceData.Embedded);
        Ruling standardThen = Ruling.On(CaseOf("J66", "2023-05-04", "2023-06-30", "2023-08-01"), set, ReferenceData.Embedded);

        excludedThen.Rulebook.Code.ShouldBe("shenzhen-2024");
        excludedThen.Failed.ShouldBe(["industry"]);
        standardThen.Rulebook.Code.ShouldBe("shenzhen-2020");
        standardThen.Outcome.ShouldBe(RulingOutcome.Eligible);
        standardThen.Share.ToString().ShouldBe("0.35");
    }

    [Fact]
    public void Reference_WithAYearAdded_MakesItsDeadlinesFirm()
    {
        ReferenceData shipped = ReferenceData.Embedded;
        Calendar.HolidayRow[] rows = [.. Calendar.HolidayRow.Embedded(), new(new DateOnly(2027, 1, 1), IsWorkday: false, "元旦", 2027, "made for this test")];
        ReferenceData grown = new(new Calendar.WorkingCalendar(rows), shipped.Lpr, shipped.Sizes, shipped.RiskClasses);

        grown.DeadlinesOf(RulebookSet.Embedded("shenzhen")!.Home).Due("register", new DateOnly(2026, 12, 31))
            .ShouldBe(new Calendar.Deadline(new DateOnly(2027, 1, 22), Provisional: false));
    }

    [Theory]
    [InlineData("1200000.00", "壹佰贰拾万元整")]
    [InlineData("10000001.05", "壹仟万零壹元零伍分")]
    [InlineData("0.05", "伍分")]
    [InlineData("1010.10", "壹仟零壹拾元壹角整")]
    [InlineData("100000000.00", "壹亿元整")]
    [InlineData("107000053.32", "壹亿零柒佰万零伍拾叁元叁角贰分")]
    public void Capital_OfAnAmount_IsWrittenAsDocumentsDo(string amount, string capital) => Money.Parse(amount).ToChineseCapital().ShouldBe(capital);

    // The rule of 2020 as it might be entered: other industries excluded, other shares. Its real figures are not known.
    private static Rulebook OlderRulebookEntered() => RulebookReader.Read(RulebookSet.EmbeddedText("shenzhen-2024")
        .Replace("\"code\": \"shenzhen-2024\"", "\"code\": \"shenzhen-2020\"", StringComparison.Ordinal)
        .Replace("[ \"J\", \"K\" ]", "[ \"C\" ]", StringComparison.Ordinal)
        .Replace("\"share\": \"0.40\"", "\"share\": \"0.35\"", StringComparison.Ordinal));

    private static Case CaseOf(string industry, string loanDate, string registered, string nplDate) => new()
    {
        Loan = new LoanTerms
        {
            LoanDate = DateOnly.Parse(loanDate, null),
            MaturityDate = DateOnly.Parse("2024-05-04", null),
            BorrowerKind = BorrowerKind.Small,
            Industry = industry,
            Principal = Money.Parse("1000000.00"),
            AnnualRate = Rate.Of(0.04m),
            Product = Product.WorkingCapital,
            TotalBalance = Money.Parse("1000000.00"),
            OtherCover = OtherCover.None,
            Securities = Securities.Guarantee,
        },
        RegisteredOn = DateOnly.Parse(registered, null),
        Claim = new ClaimFacts
        {
            RiskClass = RiskClass.Loss,
            NplDate = DateOnly.Parse(nplDate, null),
            AppliedOn = DateOnly.Parse("2023-09-08", null),
            CreditReportOn = DateOnly.Parse("2023-09-08", null),
            OutstandingPrincipal = Money.Parse("1000000.00"),
        },
    };
}
