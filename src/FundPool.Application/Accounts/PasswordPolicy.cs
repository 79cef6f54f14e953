using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Accounts;

/// <summary>What a password must not be, as sentences a person can act on. Knows nothing of storage.</summary>
public sealed class PasswordPolicy(AccountOptions options)
{
    private static readonly Lazy<HashSet<string>> Common = new(ReadCommon);
    private static readonly string[] OfThisPortal =
        ["fundpool", "fengxianbuchang", "fxbc", "zijinchi", "shenzhen", "szgxj", "gaoxintou", "jinrongzhongxin", "xiaowei", "daikuan", "yinhang", "bank", "password", "mima"];

    private static readonly Dictionary<char, char> Leet = new()
    {
        ['@'] = 'a', ['4'] = 'a', ['3'] = 'e', ['1'] = 'i', ['!'] = 'i', ['0'] = 'o', ['$'] = 's', ['5'] = 's', ['7'] = 't',
    };

    /// <summary>What is wrong with <paramref name="password"/> for this person; empty when nothing is.</summary>
    public IReadOnlyList<Problem> Check(string password, Person person, Organisation? organisation)
    {
        List<Problem> problems = [];
        if (password.Length < options.PasswordMinimum)
        {
            problems.Add(No("range", $"密码至少 {options.PasswordMinimum} 个字符。", $"The password needs at least {options.PasswordMinimum} characters."));
        }

        if (password.Length > options.PasswordMaximum)
        {
            problems.Add(No("too_long", $"密码最多 {options.PasswordMaximum} 个字符。", $"The password may have at most {options.PasswordMaximum} characters."));
            return problems;
        }

        if (options.Profile == PasswordProfile.DengBao && Classes(password) < options.PasswordClasses)
        {
            problems.Add(No("format", "密码须包含大写字母、小写字母、数字、符号中的至少三种。",
                "The password needs at least three of: capital letters, small letters, digits, symbols."));
        }

        if (problems.Count == 0 && (IsCommon(password) || password.Distinct().Count() < 5))
        {
            problems.Add(No("format", "这个密码太常见，容易被猜到，请换一个。", "This password is too common and easily guessed. Choose another."));
        }
        else if (problems.Count == 0 && RestsOn(password, WordsOf(person, organisation)))
        {
            problems.Add(No("format", "密码不能主要由姓名、用户名、机构或系统的名称组成。",
                "The password must not rest on your name, your user name, or the name of the organisation or the portal."));
        }

        return problems;
    }

    /// <summary>Whether the time for a change has come.</summary>
    public bool IsExpired(Person person, DateTimeOffset now) =>
        options.Profile == PasswordProfile.DengBao && person.PasswordSetAt is { } set && set.AddDays(options.PasswordDays) <= now.UtcDateTime;

    private static Problem No(string code, string zh, string en) => new("password", code, new Words(zh, en));

    private static int Classes(string password) =>
        (password.Any(char.IsUpper) ? 1 : 0) + (password.Any(char.IsLower) ? 1 : 0) + (password.Any(char.IsDigit) ? 1 : 0)
        + (password.Any(c => !char.IsLetterOrDigit(c)) ? 1 : 0);

    private static bool IsCommon(string password) => Forms(password).Any(Common.Value.Contains);

    /// <summary>The password itself, without the digits and signs round it, and with @ read as a and so on.</summary>
    private static IEnumerable<string> Forms(string password)
    {
        string lower = password.ToLowerInvariant();
        yield return lower;
        string bare = Bare(lower);
        if (bare.Length >= 4)
        {
            yield return bare;
        }

        yield return string.Concat(lower.Select(c => Leet.GetValueOrDefault(c, c)));
        yield return string.Concat(Trimmed(lower).Select(c => Leet.GetValueOrDefault(c, c)));
    }

    private static string Bare(string text) => text.Trim([.. text.Where(c => !char.IsLetter(c)).Distinct()]);

    // P@ssw0rd2024! is password with a year behind it: what trails goes, what stands inside is read as letters.
    private static string Trimmed(string text) => text.TrimEnd([.. "0123456789!@#$%^&*()_+-=.,?~ "]);

    private static IEnumerable<string> WordsOf(Person person, Organisation? organisation) =>
        ((string?[])[person.FullName, .. person.UserName.Split('@', '.', '_', '-'), organisation?.Name, organisation?.Code, .. OfThisPortal])
        .Select(word => word?.ToLowerInvariant() ?? "").Where(word => word.Length >= 2);

    private static bool RestsOn(string password, IEnumerable<string> words)
    {
        string rest = password.ToLowerInvariant();
        string read = string.Concat(rest.Select(c => Leet.GetValueOrDefault(c, c)));
        foreach (string word in words.OrderByDescending(word => word.Length))
        {
            for (int at = read.IndexOf(word, StringComparison.Ordinal); at >= 0; at = read.IndexOf(word, StringComparison.Ordinal))
            {
                read = read.Remove(at, word.Length);
                rest = rest.Remove(at, word.Length);
            }

            for (int at = rest.IndexOf(word, StringComparison.Ordinal); at >= 0; at = rest.IndexOf(word, StringComparison.Ordinal))
            {
                read = read.Remove(at, word.Length);
                rest = rest.Remove(at, word.Length);
            }
        }

        return rest.Length < password.Length && rest.Length < 6;
    }

    private static HashSet<string> ReadCommon()
    {
        using Stream stream = typeof(PasswordPolicy).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is not embedded.");
        using StreamReader reader = new(stream);
        HashSet<string> words = new(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                words.Add(line);
            }
        }

        return words;
    }
}
