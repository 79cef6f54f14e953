namespace FundPool.Domain.Tenancy;

/// <summary>Personal data as those see it who did not give a reason for more: enough to tell two apart, not enough to use.</summary>
public static class Mask
{
    /// <summary>The first six and the last four of an identity number: 440301********1234. Credit codes of enterprises are public and not masked.</summary>
    public static string Identity(string number) => Keep(number, 6, 4);

    /// <summary>The first three and the last four of a telephone number: 138****5678.</summary>
    public static string Phone(string number) => Keep(number, 3, 4);

    /// <summary>The last four of a bank account.</summary>
    public static string Account(string number) => Keep(number, 0, 4);

    /// <summary>The family name of a natural person: 张*. Two-character family names keep both: 欧阳*.</summary>
    public static string PersonName(string name)
    {
        int kept = name.Length > 2 && TwoCharacterNames.Contains(name[..2]) ? 2 : 1;
        return name.Length <= kept ? new string('*', name.Length) : name[..kept] + "*";
    }

    private static readonly HashSet<string> TwoCharacterNames = new(StringComparer.Ordinal)
    {
        "欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "东方", "南宫", "司徒", "端木",
    };

    private static string Keep(string text, int first, int last) =>
        text.Length <= first + last
            ? new string('*', text.Length)
            : string.Concat(text.AsSpan(0, first), new string('*', text.Length - first - last), text.AsSpan(text.Length - last));
}
