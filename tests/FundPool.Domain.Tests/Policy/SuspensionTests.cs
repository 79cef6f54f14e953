using FundPool.Domain.Kernel;
using FundPool.Domain.Suspension;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Policy;

public sealed class SuspensionTests
{
    private static readonly SuspensionRule Rule = Cases.Shenzhen.Home.Suspension!;

    [Fact]
    public void Ratio_OfTheTable_WarnsAndStopsAsListed() => PolicyTable.Check("suspension.csv", row =>
    {
        NplRatio ratio = new(Money.Parse(row["npl_principal"]), Money.Parse(row["principal"]));

        ratio.ToString().ShouldBe(row["ratio"]);
        ratio.Meets(Rule.Warn).ShouldBe(row["warned"] == "true");
        ratio.Meets(Rule.Stop).ShouldBe(row["suspended"] == "true");
        ratio.Meets(Rule.Resume).ShouldBe(row["suspended"] == "false");
    });

    [Fact]
    public void Bank_AtTheThreshold_ResumesAndIsWarned()
    {
        NplRatio above = new(Money.Parse("3000000.01"), Money.Parse("100000000.00"));
        NplRatio at = new(Money.Parse("3000000.00"), Money.Parse("100000000.00"));

        Rule.After(above, suspendedBefore: false).ShouldBe(Standing.Suspended);
        Rule.After(at, suspendedBefore: true).ShouldBe(Standing.Warned);
    }
}
