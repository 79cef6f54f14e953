using System.Globalization;

namespace FundPool.Application.Reviews;

/// <summary>Where an officer's unfinished review lies: under the reviewer's own number, by claim.</summary>
internal static class ReviewDrafts
{
    public const string Kind = "review";

    public static string KeyOf(int bank, long claim) => string.Create(CultureInfo.InvariantCulture, $"{bank}/{claim}");
}
