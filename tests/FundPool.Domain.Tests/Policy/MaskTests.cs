using FundPool.Domain.Tenancy;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Policy;

public sealed class MaskTests
{
    [Fact]
    public void Mask_OfTheTable_ShowsAsListed() => PolicyTable.Check("masking.csv", row =>
        Masked(row["kind"], row["input"]).ShouldBe(row["masked"]));

    private static string Masked(string kind, string text) => kind switch
    {
        "id" => Mask.Identity(text),
        "phone" => Mask.Phone(text),
        "account" => Mask.Account(text),
        "name" => Mask.PersonName(text),
        _ => throw new ArgumentException($"No mask for '{kind}'.", nameof(kind)),
    };
}
