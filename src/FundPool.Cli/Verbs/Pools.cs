using FundPool.Domain.Rulebooks;

namespace FundPool.Cli.Verbs;

/// <summary>The pools that can be asked about without a database.</summary>
internal static class Pools
{
    public static RulebookSet Rulebooks(Arguments arguments)
    {
        string pool = arguments.Required("--pool");
        return RulebookSet.Embedded(pool) ?? throw new UsageException($"没有资金池“{pool}” / there is no pool “{pool}”");
    }
}
