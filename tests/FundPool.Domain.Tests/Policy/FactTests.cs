using System.Globalization;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Policy;

public sealed class FactTests
{
    private static readonly SizeClasses Sizes = SizeClasses.Embedded();

    [Fact]
    public void IdentityNumber_OfTheTable_FailsTheListedTest() => PolicyTable.Check("check_digits.csv", row =>
    {
        string number = row["input"];
        IdentityFault fault = row["kind"] == "uscc" ? CreditCode.Test(number) : ResidentNumber.Test(number);

        Verdict(fault).ShouldBe(row["verdict"]);
    });

    [Fact]
    public void SizeClass_OfTheTable_IsAsListed() => PolicyTable.Check("size_classes.csv", row =>
    {
        SizeFinding finding = Sizes.Classify(row["industry"], Whole(row["employees"]), Sum(row["revenue"]), Sum(row["total_assets"]));

        string size = finding is { Exact: true, AtMost: { } most } ? most.ToString().ToLowerInvariant() : "unknown";
        size.ShouldBe(row["size"]);
    });

    [Theory]
    [InlineData("C39", 19L, null, "micro", true)]
    [InlineData("C39", 300L, null, "medium", false)]
    [InlineData("G", 300L, null, null, false)]
    public void SizeClass_WithFiguresMissing_GivesTheGreatestPossible(string industry, long? employees, string? revenue, string? most, bool exact)
    {
        SizeFinding finding = Sizes.Classify(industry, employees, revenue is null ? null : Money.Parse(revenue), null);

        finding.AtMost?.ToString().ToLowerInvariant().ShouldBe(most);
        finding.Exact.ShouldBe(exact);
    }

    [Fact]
    public void SizeClass_StatedBelowOrAboveTheFigures_IsContradicted()
    {
        SizeFinding medium = Sizes.Classify("C39", 300, Money.Parse("20000000.00"), null);

        medium.Contradicts(SizeClass.Medium).ShouldBeFalse();
        medium.Contradicts(SizeClass.Small).ShouldBeTrue();
        medium.Contradicts(SizeClass.Large).ShouldBeTrue();
    }

    private static string Verdict(IdentityFault fault) => fault switch
    {
        IdentityFault.None => "ok",
        IdentityFault.Length or IdentityFault.Alphabet => "form",
        IdentityFault.InnerCheck => "inner",
        IdentityFault.OuterCheck => "outer",
        _ => "birthday",
    };

    private static long? Whole(string cell) => cell.Length == 0 ? null : long.Parse(cell, CultureInfo.InvariantCulture);

    private static Money? Sum(string cell) => cell.Length == 0 ? null : Money.Parse(cell);
}
