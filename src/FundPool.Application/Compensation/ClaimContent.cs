using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FundPool.Application.Loans;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Application.Compensation;

/// <summary>Between what a bank states in a claim and the row that keeps it.</summary>
public static class ClaimContent
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the row states.</summary>
    public static ClaimEntry EntryOf(Claim claim) => new(
        claim.RiskClass is null ? null : LoanMapping.Value(LoanCodes.RiskClasses, claim.RiskClass),
        claim.NplDate,
        claim.CreditReportOn,
        claim.OutstandingFen is { } outstanding ? new Money(outstanding) : null,
        claim.NplPrincipalFen is { } balance ? new Money(balance) : null,
        claim.Statement);

    /// <summary>The cells of the form, in the order of <see cref="ClaimFields.All"/>; sums with separators as a person writes them.</summary>
    public static string?[] CellsOf(Claim claim, string noteNo) =>
    [
        noteNo, claim.RiskClass, Day(claim.NplDate), Day(claim.CreditReportOn), Sum(claim.OutstandingFen), Sum(claim.NplPrincipalFen), claim.Statement,
    ];

    internal static void Put(ClaimEntry entry, Claim claim)
    {
        claim.RiskClass = entry.RiskClass is { } risk ? LoanCodes.RiskClasses.Code(risk) : null;
        claim.NplDate = entry.NplDate;
        claim.CreditReportOn = entry.CreditReportOn;
        claim.OutstandingFen = entry.Outstanding?.Fen;
        claim.NplPrincipalFen = entry.NplPrincipal?.Fen;
        claim.Statement = entry.Statement;
    }

    /// <summary>Writes down who had a hand in it; none of them may check it. Hands stay when a returned claim is submitted anew.</summary>
    internal static void TouchedBy(this Claim claim, int person)
    {
        if (!claim.Hands.Contains(person))
        {
            claim.Hands = [.. claim.Hands, person];
        }
    }

    /// <summary>What was stated as a version keeps it: the form's fields by name.</summary>
    public static string Stated(Claim claim) => JsonSerializer.Serialize(Fields(claim), Json);

    /// <summary>The fields that differ between two versions, and the amount ruled.</summary>
    public static IReadOnlyList<FieldChange> Changes(ClaimVersion before, ClaimVersion after)
    {
        Dictionary<string, string?> old = Read(before.Stated), now = Read(after.Stated);
        List<FieldChange> changes = [.. ClaimFields.All.Select(field => field.Name)
            .Where(name => old.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => new FieldChange(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))];
        (string was, string becomes) = (AmountOf(before), AmountOf(after));
        if (was != becomes)
        {
            changes.Add(new FieldChange("amount", was, becomes));
        }

        return changes;
    }

    /// <summary>The materials of a version.</summary>
    public static IReadOnlyList<VersionMaterial> MaterialsOf(ClaimVersion version) => JsonSerializer.Deserialize<List<VersionMaterial>>(version.Materials, Json) ?? [];

    internal static string AmountOf(ClaimVersion version)
    {
        using JsonDocument ruling = JsonDocument.Parse(version.Ruling);
        return ruling.RootElement.GetProperty("amount").GetString()!;
    }

    private static Dictionary<string, string?> Fields(Claim claim) => new()
    {
        ["risk_class"] = claim.RiskClass,
        ["npl_date"] = Day(claim.NplDate),
        ["credit_report_on"] = Day(claim.CreditReportOn),
        ["outstanding_principal"] = claim.OutstandingFen is { } fen ? new Money(fen).ToString() : null,
        ["npl_principal"] = claim.NplPrincipalFen is { } balance ? new Money(balance).ToString() : null,
        ["statement"] = claim.Statement,
    };

    private static Dictionary<string, string?> Read(string stated) => JsonSerializer.Deserialize<Dictionary<string, string?>>(stated, Json) ?? [];

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Sum(long? fen) => fen is { } known ? (known / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture) : null;
}

/// <summary>A document as a version of a claim had it.</summary>
public sealed record VersionMaterial(string Code, long File, string Name, string Sha256);
