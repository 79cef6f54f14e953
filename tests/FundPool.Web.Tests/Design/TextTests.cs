using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Design;

public sealed partial class TextTests
{
    [Fact]
    public void Key_EveryOneUsed_HasEnglish()
    {
        Used().Except(English().Keys).ShouldBeEmpty("Write the English into Design/Text/en.json or en.<capability>.json.");
    }

    [Fact]
    public void English_EveryText_IsUsed()
    {
        English().Keys.Except(Used()).ShouldBeEmpty("Nothing says these any more.");
    }

    [Fact]
    public void English_EveryText_HasThePlacesOfItsKey()
    {
        English().Where(text => !Places(text.Key).SetEquals(Places(text.Value))).ShouldBeEmpty();
    }

    [Fact]
    public void English_EveryText_HasNoChinese()
    {
        English().Where(text => Han().IsMatch(text.Value)).ShouldBeEmpty();
    }

    [Fact]
    public void View_ChineseText_StandsInsideT()
    {
        var bare =
            from file in Files("*.cshtml")
            let rest = Word().Replace(RazorComment().Replace(Clean(file), ""), "")
            from line in rest.Split('\n')
            // The name of the other language is said in that language; the design page has invented companies.
            where Han().IsMatch(line.Replace("中文", "", StringComparison.Ordinal)) && !file.Contains("Showcase", StringComparison.Ordinal)
            select $"{Path.GetFileName(file)}: {line.Trim()}";

        bare.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("@T[\"保存\"]", "保存")]
    [InlineData("Key.Of(\"贷款项目库\")", "贷款项目库")]
    [InlineData("text[\"、\"]", "、")]
    [InlineData("T[\n  \"第{0}行\", n]", "第{0}行")]
    public void Scanner_EachWayToWriteAKey_IsSeen(string code, string key)
    {
        Word().Match(code).Groups["key"].Value.ShouldBe(key);
    }

    private static HashSet<string> Used() =>
        [.. Files("*.cs").Concat(Files("*.cshtml")).SelectMany(file => Word().Matches(Clean(file)).Select(match => match.Groups["key"].Value))];

    private static Dictionary<string, string> English()
    {
        Dictionary<string, string> all = [];
        foreach (string file in Directory.GetFiles(Path.Combine(DesignHost.Source, "Design", "Text"), "en*.json"))
        {
            foreach ((string zh, string en) in JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!)
            {
                all.TryGetValue(zh, out string? before);
                (before ?? en).ShouldBe(en, $"“{zh}” has two English texts.");
                all[zh] = en;
            }
        }

        return all;
    }

    private static IEnumerable<string> Files(string pattern) =>
        new[] { "Design", "Features", "Hosting", "Identity", "Jobs" }
            .Select(folder => Path.Combine(DesignHost.Source, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, pattern, SearchOption.AllDirectories));

    // Without comment lines, which may quote how a key is written.
    private static string Clean(string file) => CommentLine().Replace(File.ReadAllText(file), "");

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    [GeneratedRegex("""(?:\b(?:T|text)\[|\bKey\.Of\()\s*"(?<key>(?:[^"\\]|\\.)*)"(?:\s*[\])])?""")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentLine();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex RazorComment();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();
}
