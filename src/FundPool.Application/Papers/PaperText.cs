using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Papers;

/// <summary>How a paper is kept as text, and how official documents write sums, days and numbers of paragraphs.</summary>
public static class PaperText
{
    private const string Numerals = "〇一二三四五六七八九";

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(Paper paper) => JsonSerializer.Serialize(paper, Form);

    public static Paper Read(string text) =>
        JsonSerializer.Deserialize<Paper>(text, Form) ?? throw new InvalidOperationException("A stored paper is empty.");

    /// <summary>
    /// The text as a document may hold it: XML has no control characters, no half of a pair, no U+FFFE and U+FFFF. What people typed must not break the file.
    /// </summary>
    public static string Clean(string text)
    {
        if (text.All(c => c >= ' ' && !char.IsSurrogate(c) && c < '\uFFFE'))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (c is '\t' or '\n' or '\r')
            {
                clean.Append(' ');
            }
            else if (c >= ' ')
            {
                clean.Append(char.IsSurrogate(c) || c >= '\uFFFE' ? '\uFFFD' : c);
            }
        }

        return clean.ToString();
    }

    /// <summary>2026年3月1日: Arabic digits without leading zeros.</summary>
    public static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");

    /// <summary>1,200,000.00 in yuan.</summary>
    public static string Yuan(long fen) => (fen / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>1,200,000.00元（大写：壹佰贰拾万元整）.</summary>
    public static string InFull(long fen) => $"{Yuan(fen)}元（大写：{new Money(fen).ToChineseCapital()}）";

    /// <summary>A share of 4000 basis points is 40%.</summary>
    public static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>各有关单位：</summary>
    public static string To(string addressee) => addressee.TrimEnd('：') + "：";

    /// <summary>附件1, at the head of the attachment itself.</summary>
    public static string AnnexMark(int index) => string.Create(CultureInfo.InvariantCulture, $"附件{index + 1}");

    /// <summary>附件：1.名称, in the list of attachments; the number only where there are several, no mark at the end.</summary>
    public static string AnnexLine(Paper paper, int index) =>
        (index == 0 ? "附件：" : "") + (paper.Annexes.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}.") : "") + paper.Annexes[index].Name;

    public static string Unit(string unit) => $"单位：{unit}";

    public static string PictureName { get; } = "核验二维码";

    public static string CodeLine(PaperStamp stamp) => $"核验码 {stamp.Code}";

    public static string CodeHint(PaperStamp stamp) => $"扫描二维码，或登录 {stamp.Address} 核验本文真伪。";

    /// <summary>The lines of a body with their numbers, counted anew under each heading above.</summary>
    public static IEnumerable<(Block Block, string Number)> Numbered(IReadOnlyList<Block> body)
    {
        int[] counts = new int[5];
        foreach (Block block in body)
        {
            if (block is not Line { Level: > LineLevel.Text } line)
            {
                yield return (block, "");
                continue;
            }

            int level = (int)line.Level;
            counts[level]++;
            Array.Clear(counts, level + 1, counts.Length - level - 1);
            yield return (block, line.Level switch
            {
                LineLevel.First => $"{Numeral(counts[level])}、",
                LineLevel.Second => $"（{Numeral(counts[level])}）",
                LineLevel.Third => string.Create(CultureInfo.InvariantCulture, $"{counts[level]}."),
                _ => string.Create(CultureInfo.InvariantCulture, $"（{counts[level]}）"),
            });
        }
    }

    /// <summary>一 to 九十九.</summary>
    internal static string Numeral(int n) => n switch
    {
        < 10 => Numerals[n].ToString(),
        < 20 => "十" + (n == 10 ? "" : Numerals[n % 10]),
        _ => $"{Numerals[n / 10]}十{(n % 10 == 0 ? "" : Numerals[n % 10])}",
    };
}
