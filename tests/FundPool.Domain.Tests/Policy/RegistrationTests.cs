using System.Globalization;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using Shouldly;
using Xunit;
using Case = FundPool.Domain.Compensation.Case;

namespace FundPool.Domain.Tests.Policy;

public sealed class RegistrationTests
{
    [Fact]
    public void Registration_OfTheTable_IsRefusedAndWarnedAsListed() => PolicyTable.Check("registration.csv", row =>
    {
        RegistrationRuling ruling = Register(row["change"], row["employees"], row["revenue"]);

        string.Join(' ', ruling.Refusals.Select(problem => problem.Code)).ShouldBe(row["refused"]);
        string.Join(' ', ruling.Warnings.Select(problem => problem.Code)).ShouldBe(row["warned"]);
        ruling.IsRefused.ShouldBe(row["refused"].Length > 0);
    });

    [Fact]
    public void Registration_Refused_NamesTheFieldToMendAndTheArticle()
    {
        RegistrationRuling ruling = Register("borrowerKind=owner;creditLine=10000000.01;product=personal_business", "", "");

        Problem problem = ruling.Refusals.Single();
        problem.Field.ShouldBe("credit_line");
        problem.Message.Zh.ShouldContain("10000000.01");
        ruling.Findings.Single(finding => finding.Code == "ceiling").Article.Code.ShouldBe("4");
    }

    [Fact]
    public void Registration_OfASoundLoan_TellsTheShareToExpect() =>
        Register("qualifications=little_giant;features=first_loan", "100", "30000000.00").ExpectedShare.ToString().ShouldBe("0.50");

    private static RegistrationRuling Register(string changes, string employees, string revenue)
    {
        Case facts = Cases.With(changes);
        LoanFacts loan = new()
        {
            ContractNo = "HT-1",
            NoteNo = "JJ-1",
            BorrowerName = "深圳市示例科技有限公司",
            BorrowerId = "91440300192317458F",
            IdIsPersonal = false,
            Terms = facts.Loan,
            Employees = employees.Length == 0 ? null : int.Parse(employees, CultureInfo.InvariantCulture),
            Revenue = revenue.Length == 0 ? null : Money.Parse(revenue),
            OriginalPrincipal = facts.Loan.Principal.Yuan,
            Purpose = "采购原材料",
        };
        return RegistrationRuling.On(loan, facts.RegisteredOn, facts.Legacy, facts.BankRemoved, Cases.Shenzhen, Cases.Facts);
    }
}
