namespace FundPool.Application.Papers;

/// <summary>Breaks a title into centred lines of at most nineteen characters, of like length, where its sense breaks and never inside a word that is known.</summary>
public static class PaperTitle
{
    private const int Widest = 19;
    private static readonly string[] Whole = ["公示", "通知", "项目", "资助", "计划", "风险", "补偿", "贷款", "企业", "中小微", "小微企业", "资金池", "关于", "下达", "深圳市", "银行", "管理", "审核", "意见", "付款"];

    public static IReadOnlyList<string> Break(string title)
    {
        title = PaperText.Clean(title).Trim();
        int lines = (title.Length + Widest - 1) / Widest;
        if (lines <= 1)
        {
            return [title];
        }

        List<string> broken = [];
        int from = 0;
        for (int left = lines; left > 1 && title.Length - from > Widest; left--)
        {
            int wanted = from + ((title.Length - from + left - 1) / left);
            int last = Math.Min(from + Widest, title.Length - 1);
            int at = Enumerable.Range(from + 1, last - from).OrderBy(place => Math.Abs(place - wanted) + Cost(title, place)).First();
            broken.Add(title[from..at]);
            from = at;
        }

        // What the even parts left over is cut at the widest, so that no line is lost.
        for (; title.Length - from > Widest; from += Widest)
        {
            broken.Add(title.Substring(from, Widest));
        }

        return [.. broken, title[from..]];
    }

    private static int Cost(string title, int place)
    {
        char before = title[place - 1], after = title[place];
        if (char.IsLowSurrogate(after) || "）》〕」”、，。：".Contains(after, StringComparison.Ordinal) || "（《〔「“".Contains(before, StringComparison.Ordinal)
            || (char.IsAsciiLetterOrDigit(before) && (char.IsAsciiLetterOrDigit(after) || after is '年' or '号' or '%')))
        {
            return 100;
        }

        foreach (string word in Whole)
        {
            for (int inside = 1; inside < word.Length; inside++)
            {
                if (place >= inside && string.CompareOrdinal(title, place - inside, word, 0, word.Length) == 0)
                {
                    return 20;
                }
            }
        }

        return after is '（' or '《' ? 0 : before is '的' or '）' or '》' or '年' ? 0 : 2;
    }
}
