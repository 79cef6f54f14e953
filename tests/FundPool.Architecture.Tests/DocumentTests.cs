using System.Text.RegularExpressions;
using FundPool.Domain.Tenancy;
using Shouldly;
using Xunit;

namespace FundPool.Architecture.Tests;

/// <summary>What the documents say about the code is so.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Readme_WhoCanDoWhat_EqualsTheCode()
    {
        Dictionary<string, string[]> written = ReadmeRow().Matches(Tree.Read("README.md"))
            .ToDictionary(row => row.Groups["permission"].Value, row => Role().Matches(row.Groups["who"].Value).Select(role => role.Groups[1].Value).Order(StringComparer.Ordinal).ToArray());
        Dictionary<string, string[]> coded = Enum.GetValues<Permission>().Where(permission => permission is not (Permission.Public or Permission.SignedIn)).ToDictionary(
            permission => permission.ToString(),
            permission => (from kind in Enum.GetValues<OrganisationKind>()
                           from role in Membership.RolesOf(kind)
                           where Membership.PermissionsOf(kind, [role]).Contains(permission)
                           select $"{Membership.CodeOf(kind)}/{Membership.CodeOf(role)}").Order(StringComparer.Ordinal).ToArray());

        written.Keys.Order(StringComparer.Ordinal).ShouldBe(coded.Keys.Order(StringComparer.Ordinal));
        foreach ((string permission, string[] who) in coded)
        {
            written[permission].ShouldBe(who, permission);
        }
    }

    [Fact]
    public void Glossary_EveryCodeName_StandsInTheSource()
    {
        string source = string.Join('\n', Tree.Under("src", ".cs", ".sql", ".json", ".csv").Select(file => file.Text));
        string[] missing = [.. from Match row in GlossaryRow().Matches(Tree.Read("docs/glossary.md"))
                               from Match name in Code().Matches(row.Groups["code"].Value)
                               where !Regex.IsMatch(source, $@"(?<!\w){Regex.Escape(name.Groups[1].Value)}(?!\w)")
                               select name.Groups[1].Value];

        missing.ShouldBeEmpty();
        GlossaryRow().Count(Tree.Read("docs/glossary.md")).ShouldBeGreaterThan(70);
    }

    [Fact]
    public void Decisions_All_StandInTheIndexUnderTheirNumber()
    {
        string index = Tree.Read("docs/adr/README.md");
        string[] files = [.. Tree.Under("docs/adr", ".md").Select(file => Path.GetFileName(file.Path)).Where(name => name != "README.md")];

        files.ShouldAllBe(name => Regex.IsMatch(name, @"^\d{4}-[a-z0-9-]+\.md$"));
        // A number is given once; those who decide side by side take theirs beforehand, so that one may be left out.
        files.Select(name => name[..4]).ShouldBeUnique();
        foreach (string name in files)
        {
            string title = Tree.Read($"docs/adr/{name}").Split('\n')[0][2..];
            index.ShouldContain($"| [{name[..4]}]({name}) | {title} |");
        }
    }

    [Fact]
    public void Decision_MentionedInCode_Exists()
    {
        string[] known = [.. Tree.Under("docs/adr", ".md").Select(file => Path.GetFileName(file.Path))];
        string[] wrong = [.. from file in Tree.Under("src", ".cs", ".sql", ".cshtml")
                             from Match mention in Mention().Matches(file.Text)
                             where !known.Any(name => name.StartsWith(mention.Groups["number"].Value, StringComparison.Ordinal)
                                 && (mention.Groups["name"].Value.Length == 0 || name == mention.Groups["number"].Value + mention.Groups["name"].Value))
                             select $"{file.Path}: {mention.Value}"];

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Link_InADocument_LeadsToAFile()
    {
        string[] broken = [.. from file in Tree.Under("docs", ".md").Append(new Tree.Written("README.md", Tree.Read("README.md")))
                              from Match link in Link().Matches(file.Text)
                              let target = Path.Combine(Tree.Root, Path.GetDirectoryName(file.Path)!, link.Groups[1].Value)
                              where !File.Exists(target) && !Directory.Exists(target)
                              select $"{file.Path}: {link.Groups[1].Value}"];

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Path_NamedInADocument_Exists()
    {
        string[] gone = [.. from file in Tree.Under("docs", ".md").Append(new Tree.Written("README.md", Tree.Read("README.md")))
                            from Match path in NamedPath().Matches(file.Text)
                            let target = Path.Combine(Tree.Root, path.Groups[1].Value)
                            where !File.Exists(target) && !Directory.Exists(target)
                            select $"{file.Path}: {path.Groups[1].Value}"];

        gone.ShouldBeEmpty();
    }

    [Fact]
    public void Test_NamedInADocument_Exists()
    {
        string[] classes = [.. Tree.Under("tests", ".cs").Select(file => file.Name)];
        string[] gone = [.. from file in Tree.Under("docs", ".md").Append(new Tree.Written("README.md", Tree.Read("README.md")))
                            from Match test in NamedTest().Matches(file.Text)
                            where !classes.Contains(test.Groups[1].Value)
                            select $"{file.Path}: {test.Groups[1].Value}"];

        gone.ShouldBeEmpty();
    }

    [Fact]
    public void Setting_ReadFromTheEnvironment_StandsInTheOperationsManual()
    {
        string manual = Tree.Read("docs/operations.md");
        string[] unnamed = [.. Tree.Under("src", ".cs").SelectMany(file => Setting().Matches(file.Text)).Select(match => match.Groups[1].Value).Distinct()
            .Where(name => !manual.Contains($"`{name}`", StringComparison.Ordinal))];

        unnamed.ShouldBeEmpty();
    }

    [GeneratedRegex(@"^\| `(?<permission>[A-Z]\w+)` \| [^|]+ \| (?<who>(?:`[a-z]+/[a-z_]+` ?)+)\|", RegexOptions.Multiline)]
    private static partial Regex ReadmeRow();

    [GeneratedRegex("`([a-z]+/[a-z_]+)`")]
    private static partial Regex Role();

    [GeneratedRegex(@"^\| [^|]+ \| [^|]*[一-鿿][^|]* \| (?<code>[^|]*`[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex GlossaryRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?:ADR |docs/adr/)(?<number>\d{4})(?<name>[a-z0-9.-]*\.md)?")]
    private static partial Regex Mention();

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+?)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|tests|docs|ops|data|bench)/[\w./-]+\.(?:cs|md|json|sql|csv|sh|js|scss|cshtml))`")]
    private static partial Regex NamedPath();

    [GeneratedRegex("`([A-Z][A-Za-z]+Tests)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"""(FUNDPOOL_[A-Z_]+)""")]
    private static partial Regex Setting();
}
