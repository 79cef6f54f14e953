using System.Text.Json;
using System.Text.RegularExpressions;
using FundPool.Domain.Loans;
using Shouldly;
using Xunit;

namespace FundPool.Architecture.Tests;

/// <summary>What people read: both languages always, and Chinese set as Chinese.</summary>
public sealed partial class TextTests
{
    private static readonly IReadOnlyList<Tree.Written> Code = Tree.Under("src", ".cs");

    [Fact]
    public void Words_WhereverTheyAreWritten_HaveBothLanguages()
    {
        string[] wrong = [.. from file in Code
                             from Match words in WordsLiteral().Matches(file.Text)
                             let zh = words.Groups["zh"].Value
                             let en = words.Groups["en"].Value
                             where zh.Trim().Length == 0 || en.Trim().Length == 0 || Chinese().IsMatch(Outside(en)) || !Chinese().IsMatch(zh)
                             select $"{file.Path}: “{zh}” / “{en}”"];

        wrong.ShouldBeEmpty();
        Code.Sum(file => WordsLiteral().Count(file.Text)).ShouldBeGreaterThan(150, "the pattern no longer finds the texts");
    }

    [Fact]
    public void Validator_WhenItSaysSomething_SaysItInBothLanguages()
    {
        string[] wrong = [.. from file in Code
                             from Match said in SayingLiteral().Matches(file.Text)
                             where !Chinese().IsMatch(said.Groups["zh"].Value) || said.Groups["en"].Value.Trim().Length == 0 || Chinese().IsMatch(Outside(said.Groups["en"].Value))
                             select $"{file.Path}: {said.Value}"];

        wrong.ShouldBeEmpty();
        Code.Sum(file => SayingLiteral().Count(file.Text)).ShouldBeGreaterThan(20, "the pattern no longer finds the sentences");
    }

    [Fact]
    public void Validator_RuleWithoutASentence_DoesNotExist()
    {
        string[] silent = [.. from file in Code
                              let rules = Regex.Count(file.Text, @"\bRuleFor\(")
                              let sentences = Regex.Count(file.Text, @"\.(Saying|AreUserName|AreFullName|AreEmail|ArePhone|AreReason)\(")
                              where rules > sentences
                              select $"{file.Path}: {rules} rules, {sentences} sentences"];

        silent.ShouldBeEmpty();
    }

    [Fact]
    public void Rulebook_EverySentence_HasBothLanguages()
    {
        List<string> wrong = [];
        foreach (Tree.Written file in Tree.Under("src/FundPool.Domain/Rulebooks", ".json"))
        {
            using JsonDocument book = JsonDocument.Parse(file.Text);
            Walk(book.RootElement, file.Path, wrong);
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void LoanFile_EveryFieldAndChoice_HasBothLanguages()
    {
        foreach (FileField field in LoanFields.All.Concat(ClassFields.All))
        {
            field.Name.ShouldNotBeNullOrWhiteSpace();
            field.Header.ShouldNotBeNullOrWhiteSpace();
            field.Meaning.Zh.ShouldNotBeNullOrWhiteSpace(field.Name);
            field.Meaning.En.ShouldNotBeNullOrWhiteSpace(field.Name);
            foreach (var choice in field.Codes?.Choices ?? [])
            {
                choice.Label.Zh.ShouldNotBeNullOrWhiteSpace($"{field.Name}/{choice.Code}");
                choice.Label.En.ShouldNotBeNullOrWhiteSpace($"{field.Name}/{choice.Code}");
            }
        }
    }

    [Fact]
    public void Chinese_Always_HasChinesePunctuation()
    {
        IEnumerable<Tree.Written> read = Tree.Under("src", ".cs", ".cshtml", ".json", ".js").Concat(Tree.Under("ops", ".sh"))
            .Append(new Tree.Written("fundpool", Tree.Read("fundpool"))).Where(file => !file.Path.EndsWith("package-lock.json", StringComparison.Ordinal));
        // 日期,类型,名称 shows how a line of a comma-separated file is typed; 保证;应收账款质押 how a cell of the loan file is.
        string[] lines = [.. read.Find(HalfWidth()).Where(line => !line.Contains("日期,类型,名称", StringComparison.Ordinal)
            && !line.Contains("保证;应收账款质押", StringComparison.Ordinal) && !line.Contains("///", StringComparison.Ordinal))];

        lines.ShouldBeEmpty();
    }

    private static void Walk(JsonElement element, string path, List<string> wrong)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Walk(item, path, wrong);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            bool zh = element.TryGetProperty("zh", out JsonElement chinese), en = element.TryGetProperty("en", out JsonElement english);
            if (zh != en || (zh && (string.IsNullOrWhiteSpace(chinese.GetString()) || string.IsNullOrWhiteSpace(english.GetString()))))
            {
                wrong.Add($"{path}: {element}");
            }

            foreach (JsonProperty property in element.EnumerateObject())
            {
                Walk(property.Value, $"{path}/{property.Name}", wrong);
            }
        }
    }

    // What is put in or quoted may be Chinese: a header, a name, a form.
    private static string Outside(string english) => Quoted().Replace(english, "");

    [GeneratedRegex("""\bnew(?:\s+Words)?\(\s*\$?"(?<zh>(?:[^"\\]|\\.)*[一-鿿](?:[^"\\]|\\.)*)",\s*\$?"(?<en>(?:[^"\\]|\\.)*)"\s*\)""")]
    private static partial Regex WordsLiteral();

    [GeneratedRegex("""\.Saying\(\s*"[a-z_]+",\s*\$?"(?<zh>(?:[^"\\]|\\.)*)",\s*\$?"(?<en>(?:[^"\\]|\\.)*)"\s*\)""")]
    private static partial Regex SayingLiteral();

    [GeneratedRegex("[一-鿿]")]
    private static partial Regex Chinese();

    [GeneratedRegex("“[^”]*”|\\{[^}]*\\}|\\([^)]*\\)")]
    private static partial Regex Quoted();

    [GeneratedRegex("[一-鿿”）」][,;:?!] ?(?=[一-鿿“（])")]
    private static partial Regex HalfWidth();
}
