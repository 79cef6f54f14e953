namespace FundPool.Cli;

/// <summary>Wrong usage: said on standard error, exit status 2.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The options behind a verb. Every option is asked for by name; what nobody asked for is wrong usage.</summary>
internal sealed class Arguments(IReadOnlyList<string> words)
{
    private readonly HashSet<int> used = [];

    /// <summary>The value of an option that must be there.</summary>
    public string Required(string name) => Optional(name) ?? throw new UsageException($"缺少 {name} / {name} is missing");

    /// <summary>The value of an option, or null.</summary>
    public string? Optional(string name)
    {
        int at = Find(name);
        if (at < 0)
        {
            return null;
        }

        if (at + 1 >= words.Count)
        {
            throw new UsageException($"{name} 后面缺少值 / {name} needs a value");
        }

        used.Add(at + 1);
        return words[at + 1];
    }

    /// <summary>Whether a switch is there.</summary>
    public bool Has(string name) => Find(name) >= 0;

    /// <summary>The first word, for a verb of two words.</summary>
    public string Word(int index)
    {
        if (index >= words.Count || words[index].StartsWith('-'))
        {
            throw new UsageException("缺少子命令 / a word is missing behind the verb");
        }

        used.Add(index);
        return words[index];
    }

    /// <summary>A date of the contract's form, or null.</summary>
    public DateOnly? Date(string name) => Optional(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", out DateOnly date) ? date
        : throw new UsageException($"{name} 须为 yyyy-MM-dd 格式的日期 / {name} must be a date, yyyy-MM-dd");

    /// <summary>Called when all options were asked for.</summary>
    public void End()
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (!used.Contains(i))
            {
                throw new UsageException($"不认识的参数 {words[i]} / unknown argument {words[i]}");
            }
        }
    }

    private int Find(string name)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i] == name && !used.Contains(i))
            {
                used.Add(i);
                return i;
            }
        }

        return -1;
    }
}
