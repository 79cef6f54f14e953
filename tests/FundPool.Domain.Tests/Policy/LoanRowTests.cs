using FundPool.Domain.Loans;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Policy;

public sealed class LoanRowTests
{
    private static readonly Dictionary<string, string> Sound = new()
    {
        ["contract_no"] = "HT-1",
        ["note_no"] = "JJ-1",
        ["borrower_name"] = "深圳市示例科技有限公司",
        ["borrower_id"] = "91440300192317458F",
        ["borrower_kind"] = "small",
        ["industry"] = "C39",
        ["loan_date"] = "2026-03-30",
        ["maturity_date"] = "2027-03-30",
        ["principal"] = "4500000.00",
        ["annual_rate"] = "0.0365",
        ["product"] = "working_capital",
        ["purpose"] = "采购原材料",
        ["security"] = "guarantee",
        ["total_balance"] = "5000000.00",
        ["other_cover"] = "none",
    };

    [Fact]
    public void LoanRow_WithOneCellOfTheTable_IsReadOrRefusedAsListed() => PolicyTable.Check("loan_rows.csv", row =>
    {
        LoanReading reading = Read((row["field"], row["text"]));

        string.Join(';', reading.Problems.Select(problem => $"{problem.Field} {problem.Code}")).ShouldBe(row["code"].Length == 0 ? "" : $"{row["field"]} {row["code"]}");
        if (reading.Loan is { } loan)
        {
            int column = (int)LoanFields.Find(row["field"])!.Value;
            (LoanFields.Write(loan)[column] ?? "").ShouldBe(row["read"]);
        }
    });

    [Fact]
    public void LoanRow_WrittenAndRead_IsTheSameLoan()
    {
        LoanReading first = Read();

        LoanReading again = LoanReader.Read(LoanFields.Write(first.Loan!));

        again.Loan.ShouldBe(first.Loan);
    }

    [Fact]
    public void LoanRow_WithSeveralFaults_NamesThemAll()
    {
        LoanReading reading = Read(("note_no", ""), ("industry", "C3"), ("principal", "0"));

        reading.Problems.Select(problem => $"{problem.Field} {problem.Code}").ShouldBe(["note_no required", "industry format", "principal range"]);
    }

    [Fact]
    public void LoanRow_OfAnOwner_TakesAResidentNumberAndNeedsACreditLine()
    {
        LoanReading without = Read(("borrower_kind", "owner"), ("borrower_id", "11010519491231002X"), ("product", "personal_business"));
        LoanReading with = Read(("borrower_kind", "owner"), ("borrower_id", "11010519491231002x"), ("product", "personal_business"), ("credit_line", "6000000.00"));

        without.Problems.Select(problem => $"{problem.Field} {problem.Code}").ShouldBe(["credit_line required"]);
        with.Loan!.IdIsPersonal.ShouldBeTrue();
        with.Loan.BorrowerId.ShouldBe("11010519491231002X");
    }

    [Fact]
    public void LoanRow_InForeignMoney_IsTurnedIntoCnyAtTheGivenRate()
    {
        LoanReading without = Read(("currency", "USD"), ("principal", "100000.00"));
        LoanReading with = Read(("currency", "USD"), ("principal", "100000.05"), ("fx_rate", "7.0827"));

        without.Problems.Select(problem => $"{problem.Field} {problem.Code}").ShouldBe(["fx_rate required"]);
        with.Loan!.Terms.Principal.ToString().ShouldBe("708270.35");
        with.Loan.OriginalPrincipal.ShouldBe(100000.05m);
    }

    private static LoanReading Read(params (string Field, string Text)[] changes)
    {
        Dictionary<string, string> cells = new(Sound);
        foreach ((string field, string text) in changes)
        {
            cells[field] = text;
        }

        return LoanReader.Read(field => cells.GetValueOrDefault(field));
    }
}
