using FundPool.Domain.Kernel;
using FundPool.Domain.Settlement;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Policy;

public sealed class RecoveryTests
{
    [Fact]
    public void Recoveries_OfTheTable_OweAsListed() => PolicyTable.Check("recovery.csv", row =>
    {
        RecoveryDue terms = new(Money.Parse(row["claim_principal"]), Money.Parse(row["paid"]));
        Money returned = Money.Zero;
        List<string> dues = [];
        foreach (string receipt in row.Codes("receipts"))
        {
            Money due = terms.Of(Money.Parse(receipt), returned);
            returned += due;
            dues.Add(due.ToString());
        }

        string.Join(';', dues).ShouldBe(row["dues"]);
    });
}
