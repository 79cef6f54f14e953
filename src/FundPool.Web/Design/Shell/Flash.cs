using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace FundPool.Web.Design.Shell;

public enum FlashTone
{
    Good,
    Info,
    Warn,
    Bad,
}

/// <summary>A sentence that the next page shows once: <c>TempData.Flash(FlashTone.Good, T["已保存"])</c>.</summary>
public static class Flashes
{
    private const string Slot = "flash";

    public static void Flash(this ITempDataDictionary temp, FlashTone tone, string sentence)
    {
        string[] before = temp.Peek(Slot) as string[] ?? [];
        temp[Slot] = (string[])[.. before, $"{tone}:{sentence}"];
    }

    public static IEnumerable<(FlashTone Tone, string Sentence)> TakeFlashes(this ITempDataDictionary temp) =>
        from entry in temp[Slot] as string[] ?? []
        let cut = entry.IndexOf(':', StringComparison.Ordinal)
        select (Enum.Parse<FlashTone>(entry[..cut]), entry[(cut + 1)..]);
}
