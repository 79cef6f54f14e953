using System.Reflection;
using System.Text.Json;

namespace FundPool.Domain.Rulebooks;

/// <summary>A pool's rulebooks: the one in force, whose pointers say which of the others decides what.</summary>
public sealed class RulebookSet
{
    private static readonly Lazy<Rulebook[]> Shipped = new(() =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.EndsWith(".json", StringComparison.Ordinal)).Select(Load)]);

    private readonly Dictionary<string, Rulebook> all;

    /// <summary>A set whose rulebook in force is <paramref name="home"/>.</summary>
    /// <exception cref="ArgumentException">When a pointer leads to a rulebook that is not in the set.</exception>
    public RulebookSet(string home, IEnumerable<Rulebook> rulebooks)
    {
        all = rulebooks.ToDictionary(rulebook => rulebook.Code, StringComparer.Ordinal);
        Home = all.GetValueOrDefault(home) ?? throw new ArgumentException($"The set has no rulebook '{home}'.", nameof(home));
        foreach (RulebookPointer pointer in Home.LoanDatePointers.Concat(Home.NplDatePointers).Where(pointer => !all.ContainsKey(pointer.Rulebook)))
        {
            throw new ArgumentException($"{home} points to '{pointer.Rulebook}', which is not in the set.", nameof(rulebooks));
        }
    }

    /// <summary>The rulebook in force, whose conditions a ruling names.</summary>
    public Rulebook Home { get; }

    /// <summary>Every rulebook of the pool.</summary>
    public IReadOnlyCollection<Rulebook> All => all.Values;

    /// <summary>The pools whose rulebooks the portal ships with.</summary>
    public static IReadOnlyList<string> EmbeddedPools => [.. Shipped.Value.Select(rulebook => rulebook.Pool).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The rulebooks that the portal ships with for a pool, the complete one that came into force last in force; null for a pool that it has none for.</summary>
    public static RulebookSet? Embedded(string pool)
    {
        Rulebook[] own = [.. Shipped.Value.Where(rulebook => rulebook.Pool == pool)];
        return own.Where(rulebook => rulebook.IsComplete).MaxBy(rulebook => rulebook.InForce?.From) is { } home ? new RulebookSet(home.Code, own) : null;
    }

    /// <summary>The text of a rulebook that the portal ships with, to be kept with the rulings made by it.</summary>
    public static string EmbeddedText(string code)
    {
        using Stream stream = Open(code + ".json");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The same rulebooks with another one in force, as <c>--rulebook</c> asks for; null where the set has no such code.</summary>
    public RulebookSet? WithHome(string code) => all.ContainsKey(code) ? new RulebookSet(code, all.Values) : null;

    /// <summary>The rulebook with this code; null where the set has none.</summary>
    public Rulebook? Find(string code) => all.GetValueOrDefault(code);

    /// <summary>The rulebook that says who is eligible: by loan date (a.21).</summary>
    public Rulebook EligibilityOf(DateOnly loanDate) => Follow(Home.LoanDatePointers, loanDate);

    /// <summary>The rulebook that says how much is borne: by NPL date (a.21).</summary>
    public Rulebook StandardOf(DateOnly nplDate) => Follow(Home.NplDatePointers, nplDate);

    private static Rulebook Load(string file)
    {
        using Stream stream = Open(file);
        using JsonDocument document = JsonDocument.Parse(stream);
        return RulebookReader.Read(document.RootElement);
    }

    private static Stream Open(string file) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream(file) ?? throw new ArgumentException($"No rulebook is called '{file}'.", nameof(file));

    private Rulebook Follow(IReadOnlyList<RulebookPointer> pointers, DateOnly day)
    {
        for (int i = 0; i < pointers.Count; i++)
        {
            if (pointers[i].Days.Contains(day))
            {
                return all[pointers[i].Rulebook];
            }
        }

        return Home;
    }
}
