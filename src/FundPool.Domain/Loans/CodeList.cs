using System.Collections.Frozen;
using System.Text;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Loans;

/// <summary>One code of a list as the outside knows it.</summary>
/// <typeparam name="T">The enumeration behind it.</typeparam>
/// <param name="Value">The value that the code stands for.</param>
/// <param name="Code">The outward code.</param>
/// <param name="Label">What people call it.</param>
public sealed record CodeEntry<T>(T Value, string Code, Words Label)
    where T : struct, Enum;

/// <summary>A list of codes without its type, for whoever shows or explains it.</summary>
public abstract class CodeList
{
    /// <summary>The codes with their labels, in the contract's order.</summary>
    public abstract IReadOnlyList<(string Code, Words Label)> Choices { get; }

    /// <summary>The choices as a sentence's tail: small 小型企业, micro 微型企业 …</summary>
    public string Sentence(Language language) => language == Language.Zh
        ? string.Join("、", Choices.Select(choice => choice.Label.Zh))
        : string.Join(", ", Choices.Select(choice => $"{choice.Code} ({choice.Label.En})"));
}

/// <summary>A list of codes: the one source of what the import, the form, the template and the messages call them.</summary>
/// <typeparam name="T">The enumeration behind it.</typeparam>
public sealed class CodeList<T> : CodeList
    where T : struct, Enum
{
    private readonly byte[][] utf8;
    private readonly FrozenDictionary<string, T> byText;
    private readonly FrozenDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    private readonly CodeEntry<T>[] byValue;

    internal CodeList(CodeEntry<T>[] entries, params (string Alias, T Value)[] aliases)
    {
        Entries = entries;
        Choices = [.. entries.Select(entry => (entry.Code, entry.Label))];
        utf8 = [.. entries.Select(entry => Encoding.UTF8.GetBytes(entry.Code))];
        byValue = [.. entries.OrderBy(entry => Convert.ToInt32(entry.Value, null))];
        Dictionary<string, T> texts = new(StringComparer.OrdinalIgnoreCase);
        foreach (CodeEntry<T> entry in entries)
        {
            texts[entry.Code] = entry.Value;
            texts[entry.Label.Zh] = entry.Value;
            texts[entry.Label.En] = entry.Value;
        }

        foreach ((string alias, T value) in aliases)
        {
            texts[alias] = value;
        }

        byText = texts.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        bySpan = byText.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The codes in the contract's order.</summary>
    public IReadOnlyList<CodeEntry<T>> Entries { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Code, Words Label)> Choices { get; }

    /// <summary>Finds exactly an outward code, as other programs write it.</summary>
    public bool TryCode(ReadOnlySpan<byte> code, out T value)
    {
        for (int i = 0; i < utf8.Length; i++)
        {
            if (code.SequenceEqual(utf8[i]))
            {
                value = Entries[i].Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Finds an outward code; null and unknown ones are not found.</summary>
    public bool TryCode(string? code, out T value) => TryCode(Encoding.UTF8.GetBytes(code ?? ""), out value);

    /// <summary>Finds what a person wrote: the code, the Chinese label, the English one or a common other name, in any case.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out T value) => bySpan.TryGetValue(text, out value);

    /// <summary>The entry of a single value.</summary>
    public CodeEntry<T> Of(T value)
    {
        foreach (CodeEntry<T> entry in byValue)
        {
            if (EqualityComparer<T>.Default.Equals(entry.Value, value))
            {
                return entry;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, "No code stands for this value.");
    }

    /// <summary>The outward code of a single value.</summary>
    public string Code(T value) => Of(value).Code;

    /// <summary>What people call a single value.</summary>
    public Words Label(T value) => Of(value).Label;

    /// <summary>The entries of a set of flags, in the contract's order.</summary>
    public IEnumerable<CodeEntry<T>> In(T flags)
    {
        foreach (CodeEntry<T> entry in Entries)
        {
            if (flags.HasFlag(entry.Value))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The outward codes of a set of flags joined by <c>;</c>, as the loan file writes them.</summary>
    public string Codes(T flags) => string.Join(';', In(flags).Select(entry => entry.Code));
}
