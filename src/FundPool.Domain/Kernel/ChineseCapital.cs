using System.Text;

namespace FundPool.Domain.Kernel;

/// <summary>Amounts in capitals (大写), by the central bank's rules for filling in payment documents: 整 after yuan or jiao, 零 for a gap.</summary>
internal static class ChineseCapital
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private static readonly string[] Places = ["", "拾", "佰", "仟"];
    private static readonly string[] Groups = ["", "万", "亿", "万亿", "亿亿"];

    public static string Of(Money money)
    {
        if (money.Fen == 0)
        {
            return "零元整";
        }

        ulong fen = money.Fen < 0 ? (ulong)-(Int128)money.Fen : (ulong)money.Fen;
        ulong yuan = fen / 100;
        int jiao = (int)(fen / 10 % 10);
        int cent = (int)(fen % 10);
        StringBuilder text = new(money.Fen < 0 ? "负" : "");
        if (yuan > 0)
        {
            Whole(text, yuan);
            text.Append('元');
        }

        if (jiao > 0)
        {
            text.Append(Digits[jiao]).Append('角');
        }
        else if (cent > 0 && yuan > 0)
        {
            text.Append('零');
        }

        return cent > 0 ? text.Append(Digits[cent]).Append('分').ToString() : text.Append('整').ToString();
    }

    // Groups of four digits; a gap inside or between groups is one 零, and none stands before a group's name.
    private static void Whole(StringBuilder text, ulong yuan)
    {
        bool begun = false;
        bool gap = false;
        for (int group = 4; group >= 0; group--)
        {
            ulong scale = (ulong)Math.Pow(10_000, group);
            int part = (int)(yuan / scale % 10_000);
            for (int place = 3; place >= 0; place--)
            {
                int digit = part / (int)Math.Pow(10, place) % 10;
                if (digit == 0)
                {
                    gap = begun;
                    continue;
                }

                if (gap)
                {
                    text.Append('零');
                }

                text.Append(Digits[digit]).Append(Places[place]);
                begun = true;
                gap = false;
            }

            if (part > 0)
            {
                text.Append(Groups[group]);
            }
        }
    }
}
