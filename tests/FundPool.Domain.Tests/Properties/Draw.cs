using FsCheck;
using FsCheck.Fluent;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Tests.Properties;

/// <summary>What the properties are tried on.</summary>
internal static class Draw
{
    /// <summary>Sums from nothing to a hundred billion yuan, the small ones as often as the large ones.</summary>
    public static Gen<Money> Sums { get; } = Gen.OneOf(
        Gen.Choose(0, 1_000).Select(fen => new Money(fen)),
        Gen.Choose(0, int.MaxValue).Select(fen => new Money(fen)),
        Gen.Choose(0, int.MaxValue).Select(fen => new Money(fen * 4_657L)));

    /// <summary>Days from 2017 to 2029: loaded years and years that are not.</summary>
    public static Gen<DateOnly> Days { get; } = Gen.Choose(0, 4_748).Select(day => new DateOnly(2017, 1, 1).AddDays(day));

    /// <summary>Tries a property on many draws and fails with the smallest counterexample.</summary>
    public static void ForAll<T>(Gen<T> draws, Func<T, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Arb.From(draws), holds));
}
