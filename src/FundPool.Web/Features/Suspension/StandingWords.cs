using System.Globalization;
using FundPool.Domain.Kernel;
using FundPool.Domain.Suspension;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Suspension;

/// <summary>How standings and ratios are written.</summary>
public static class StandingWords
{
    public static (Tone Tone, string Text) StandingOf(this IText T, Standing standing) => standing switch
    {
        Standing.Suspended => (Tone.Halted, T["暂停补偿"]),
        Standing.Warned => (Tone.Warn, T["预警"]),
        _ => (Tone.Good, T["正常"]),
    };

    /// <summary>In per cent with four decimals, as exact as the outward report: 3.0311%.</summary>
    public static string Percent(NplRatio ratio) => Value(ratio).ToString("0.0000", CultureInfo.InvariantCulture) + "%";

    /// <summary>In per cent, for charts.</summary>
    public static decimal Value(NplRatio ratio) => decimal.Parse(ratio.ToString(), CultureInfo.InvariantCulture) * 100m;

    /// <summary>A threshold: 3%, 2.5%.</summary>
    public static string Percent(Share share) => (share.BasisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
