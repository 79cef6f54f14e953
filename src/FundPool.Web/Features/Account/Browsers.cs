namespace FundPool.Web.Features.Account;

/// <summary>A browser's own description of itself, cut down to what a person recognises.</summary>
internal static class Browsers
{
    private static readonly (string Mark, string Name)[] Known =
    [
        ("Edg/", "Microsoft Edge"), ("QQBrowser", "QQ Browser"), ("360", "360 Browser"), ("MicroMessenger", "WeChat"), ("Firefox/", "Firefox"),
        ("HeadlessChrome", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("HarmonyOS", "HarmonyOS"), ("Linux", "Linux")];

    public static string NameOf(string agent)
    {
        string browser = Known.FirstOrDefault(known => agent.Contains(known.Mark, StringComparison.Ordinal)).Name ?? "—";
        string? system = Systems.FirstOrDefault(known => agent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        return system is null ? browser : $"{browser} · {system}";
    }
}
