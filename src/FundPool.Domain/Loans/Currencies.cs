using System.Collections.Frozen;

namespace FundPool.Domain.Loans;

/// <summary>Currencies of ISO 4217 that circulate, and the Chinese names of those that banks here lend in.</summary>
public static class Currencies
{
    private static readonly FrozenSet<string> Codes = (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["人民币"] = "CNY", ["RMB"] = "CNY", ["人民币元"] = "CNY", ["美元"] = "USD", ["港币"] = "HKD", ["港元"] = "HKD", ["欧元"] = "EUR", ["日元"] = "JPY",
        ["英镑"] = "GBP", ["新加坡元"] = "SGD", ["澳大利亚元"] = "AUD", ["澳元"] = "AUD", ["加拿大元"] = "CAD", ["加元"] = "CAD", ["瑞士法郎"] = "CHF", ["澳门元"] = "MOP", ["新台币"] = "TWD",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The code that a cell means; null for none. Expects a cleaned text.</summary>
    public static string? Find(string text) =>
        text == "CNY" ? "CNY"
        : Codes.Contains(text) ? text.ToUpperInvariant()
        : Names.GetValueOrDefault(text);
}
