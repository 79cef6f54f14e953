using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace FundPool.Architecture.Tests;

/// <summary>What must not stand in the source, each exception with its reason.</summary>
public sealed partial class SourceTests
{
    private static readonly IReadOnlyList<Tree.Written> Code = Tree.Under("src", ".cs", ".cshtml");

    [Fact]
    public void Source_Always_TakesTheTimeFromTimeProvider()
    {
        Code.Find(Now()).ShouldBeEmpty();
    }

    [Fact]
    public void Type_Always_SaysWhatItIs()
    {
        Code.Find(NamelessType()).ShouldBeEmpty();
        string[] folders = [.. Code.SelectMany(file => file.Path.Split('/')[..^1]).Distinct().Where(folder => folder is "Services" or "Managers" or "Helpers" or "Utils" or "Common")];
        folders.ShouldBeEmpty();
    }

    [Fact]
    public void Sql_FromEntityFramework_TakesItsValuesAsParameters()
    {
        // FromSql, SqlQuery and ExecuteSql turn what is interpolated into parameters; their Raw sisters do not.
        Code.Find(RawSql()).ShouldBeEmpty();
    }

    [Fact]
    public void Sql_PutTogetherAsText_StandsWhereItIsKnown()
    {
        // Column names, directions and the numbers of the tenant can't be parameters of DDL or COPY; what a person typed is one always.
        string[] files = [.. from file in Code
                             where ComposedSql().IsMatch(file.Text)
                             select file.Path];

        files.Where(path => !ComposedWithReason.ContainsKey(path)).ShouldBeEmpty();
        ComposedWithReason.Keys.Where(path => !files.Contains(path)).ShouldBeEmpty("these files put no SQL together any more");
    }

    [Fact]
    public void Xml_OfUploads_IsReadByTheGuardedReaderAlone()
    {
        // XmlDocument and XDocument expand a DTD's internal entities by default.
        string[] allowed = ["src/FundPool.Application/Accounts/KeyRing.cs", "src/FundPool.Application/Spreadsheets/XmlCursor.cs"];
        Code.Where(file => !allowed.Contains(file.Path)).Find(Xml()).ShouldBeEmpty();
        Tree.Read("src/FundPool.Application/Spreadsheets/XmlCursor.cs").ShouldContain("DtdProcessing.Prohibit");
        // The key ring's documents are the portal's own, from a table that only the identity scope reads.
        Tree.Read("src/FundPool.Application/Accounts/KeyRing.cs").ShouldContain("IXmlRepository");
    }

    [Fact]
    public void Warning_WhenDisabled_SaysWhy()
    {
        IEnumerable<Tree.Written> all = Code.Concat(Tree.Under("tests", ".cs"));
        string[] silent = [.. from file in all
                              let lines = file.Text.Split('\n')
                              from i in Enumerable.Range(0, lines.Length)
                              where lines[i].TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)
                                  && !lines[i].Contains("//", StringComparison.Ordinal)
                                  && !(i > 0 && lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal))
                              select $"{file.Path}:{i + 1}"];

        silent.ShouldBeEmpty();
    }

    [Fact]
    public void File_OverThreeHundredLines_HasAReason()
    {
        string[] longs = [.. from file in Code.Concat(Tree.Under("src", ".sql", ".scss", ".js", ".mjs")).Concat(Tree.Under("tests", ".cs")).Concat(Tree.Under("ops", ".sh"))
                             where file.Text.AsSpan().Count('\n') > 300
                             select file.Path];

        longs.Where(path => !LongWithReason.ContainsKey(path)).ShouldBeEmpty();
        LongWithReason.Keys.Where(path => !longs.Contains(path)).ShouldBeEmpty("these files are short again");
    }

    [Fact]
    public void Source_Always_IsFinished()
    {
        Code.Concat(Tree.Under("src", ".sql", ".js")).Concat(Tree.Under("tests", ".cs").Where(file => file.Name != nameof(SourceTests))).Find(Unfinished()).ShouldBeEmpty();
    }

    [Fact]
    public void Page_Always_IsFreeOfInlineScriptAndStyle()
    {
        // The content policy would drop them; the page would look right only here.
        Tree.Under("src/FundPool.Web/Features", ".cshtml").Find(Inline()).ShouldBeEmpty();
    }

    [Fact]
    public void Html_Raw_HoldsNothingThatAnybodyTyped()
    {
        // The words of the scripts: a fixed list, and the encoder writes < and & as \u003C and \u0026.
        Code.Where(file => file.Name != "_ScriptWords").Find(Raw()).ShouldBeEmpty();
    }

    private static readonly Dictionary<string, string> ComposedWithReason = new()
    {
        ["src/FundPool.Data/FundPoolDb.cs"] = "the role's name, from a closed list",
        ["src/FundPool.Application/Imports/Stage.cs"] = "the columns of the table, the pool's and bank's numbers: COPY and CREATE TABLE take no parameters",
        ["src/FundPool.Application/Imports/ClassImport.cs"] = "the pool's and bank's numbers and a date of the program's own",
        ["src/FundPool.Application/Loans/ListLoans.cs"] = "column and direction from a closed list; the conditions number their parameters",
        ["src/FundPool.Application/Loans/ExportLoans.cs"] = "the same conditions and order as the list",
        ["src/FundPool.Application/Verification/VerifyDatabase.cs"] = "the fixed checks with a limit round them",
    };

    private static readonly Dictionary<string, string> LongWithReason = new()
    {
        ["src/FundPool.Data/Schema/0005_loan.sql"] = "the loan library's tables with their fences; an applied file is never edited",
        ["src/FundPool.Data/Schema/0007_compensation.sql"] = "the claim with its fences, moves and history; an applied file is never edited",
        ["src/FundPool.Web/assets/css/_frame.scss"] = "one frame at three widths, read together",
    };

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b|\bDateOnly\.FromDateTime\(DateTime\.")]
    private static partial Regex Now();

    [GeneratedRegex(@"\b(class|record|struct|interface)\s+\w*(Service|Services|Manager|Managers|Helper|Helpers|Util|Utils|Utilities)\b(?<!ApplicationServices)")]
    private static partial Regex NamelessType();

    [GeneratedRegex(@"\b(FromSqlRaw|ExecuteSqlRaw|ExecuteSqlRawAsync|SqlQueryRaw)\b")]
    private static partial Regex RawSql();

    [GeneratedRegex("(NpgsqlCommand|NpgsqlBatchCommand|CreateCommand|BeginBinaryImportAsync|ExecuteAsync)\\(\\s*\\$\"|(BatchCommands\\.Add\\(new|NpgsqlCommand \\w+ = new)\\(\\s*\\$\"")]
    private static partial Regex ComposedSql();

    [GeneratedRegex(@"\b(XmlDocument|XDocument|XElement|XmlReader\.Create|XPathDocument|XmlTextReader)\b")]
    private static partial Regex Xml();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\sstyle=""|<style|\son(click|change|load|submit|input|focus|blur|key\w+)=|javascript:|<script(?![^>]*\bsrc=)(?![^>]*type=""application/json"")")]
    private static partial Regex Inline();

    [GeneratedRegex(@"Html\.Raw\(")]
    private static partial Regex Raw();
}
