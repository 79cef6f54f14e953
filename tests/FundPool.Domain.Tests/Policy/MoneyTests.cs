using System.Globalization;
using FundPool.Domain.Kernel;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Policy;

public sealed class MoneyTests
{
    [Fact]
    public void Money_OfTheTable_ReadsAndWritesAsListed() => PolicyTable.Check("money.csv", row =>
    {
        bool read = Money.TryParse(row["text"], out Money money);

        read.ShouldBe(row["fen"].Length > 0);
        if (read)
        {
            money.Fen.ShouldBe(long.Parse(row["fen"], CultureInfo.InvariantCulture));
            money.ToString().ShouldBe(row["written"]);
        }
    });

    [Fact]
    public void Capital_OfTheTable_IsOneOfTheListedForms() => PolicyTable.Check("capital.csv", row =>
        row["capital"].Split('|').ShouldContain(Money.Parse(row["amount"]).ToChineseCapital()));
}
