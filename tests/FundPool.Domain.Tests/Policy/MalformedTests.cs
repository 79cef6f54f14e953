using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using Shouldly;
using Xunit;
using Case = FundPool.Domain.Compensation.Case;

namespace FundPool.Domain.Tests.Policy;

public sealed class MalformedTests
{
    private const string Sound = """
        {"id":"1","loanDate":"2024-11-05","maturityDate":"2025-11-05","borrowerKind":"small","industry":"C39","principal":"4500000.00","annualRate":"0.04",
        "product":"working_capital","totalBalance":"5000000.00","otherCover":"none","security":["guarantee"],"registeredOn":"2024-11-20","riskClass":"substandard",
        "nplDate":"2024-12-05","appliedOn":"2024-12-10","creditReportOn":"2024-12-05","outstandingPrincipal":"4500000.00"}
        """;

    [Fact]
    public void Case_Sound_IsRead()
    {
        bool read = CaseReader.TryRead(Encoding.UTF8.GetBytes(Sound), out ReadOnlySpan<byte> id, out Case? found, out _);

        read.ShouldBeTrue();
        Encoding.UTF8.GetString(id).ShouldBe("\"1\"");
        found.ShouldBe(Cases.With(""));
    }

    [Fact]
    public void Case_OfTheTable_IsRefusedAtTheListedField() => PolicyTable.Check("malformed.csv", row =>
    {
        JsonObject given = JsonNode.Parse(Sound)!.AsObject();
        string[] change = row["change"].Split('=', 2);
        given.Remove(change[0]);
        if (change[1] != "-")
        {
            given[change[0]] = JsonNode.Parse(change[1]);
        }

        Refused(JsonSerializer.Serialize(given)).ShouldBe($"{row["field"]} {row["code"]}");
    });

    [Fact]
    public void Line_OfTheTable_IsNoCase() => PolicyTable.Check("malformed_lines.csv", row => Refused(row["line"]).ShouldBe("line bad_json"));

    [Theory]
    [InlineData("loanDate", "2024-1 -05")]
    [InlineData("loanDate", "2024-+1-05")]
    [InlineData("loanDate", "２０２４-1")]
    public void Date_WithSignsOrSpaces_IsABadDate(string field, string text)
    {
        JsonObject given = JsonNode.Parse(Sound)!.AsObject();
        given[field] = text;

        Refused(JsonSerializer.Serialize(given)).ShouldBe($"{field} bad_date");
    }

    [Fact]
    public void Case_WithSeveralFaults_NamesTheFirstInTheContractsOrder()
    {
        JsonObject given = JsonNode.Parse(Sound)!.AsObject();
        given["nplDate"] = "x";
        given["industry"] = "x";
        given["maturityDate"] = "2024-11-05";

        Refused(JsonSerializer.Serialize(given)).ShouldBe("maturityDate out_of_range");
    }

    [Fact]
    public void Case_WithUnknownFieldsAndNullOptions_IsRead()
    {
        JsonObject given = JsonNode.Parse(Sound)!.AsObject();
        given["remark"] = JsonNode.Parse("""{"a":[1,{"b":null}]}""");
        given["features"] = null;
        given["nplPrincipal"] = null;
        given["legacy"] = null;

        Refused(JsonSerializer.Serialize(given)).ShouldBe("");
    }

    [Theory]
    [InlineData("17", "17")]
    [InlineData("\"甲-1\"", "\"甲-1\"")]
    [InlineData("true", "")]
    public void Id_TextOrNumber_IsGivenBackAsItCame(string given, string back)
    {
        CaseReader.TryRead(Encoding.UTF8.GetBytes(Sound.Replace("\"id\":\"1\"", $"\"id\":{given}", StringComparison.Ordinal)), out ReadOnlySpan<byte> id, out _, out _);

        Encoding.UTF8.GetString(id).ShouldBe(back);
    }

    private static string Refused(string line) =>
        CaseReader.TryRead(Encoding.UTF8.GetBytes(line), out _, out _, out Problem? problem) ? "" : $"{problem!.Field} {problem.Code}";
}
