using System.Text.Encodings.Web;
using System.Text.Json;
using FundPool.Application.Ports;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;

namespace FundPool.Application.Loans;

/// <summary>One field of a correction, in the spelling of the loan file. Resident IDs are masked here.</summary>
public sealed record FieldChange(string Field, string? Old, string? New);

/// <summary>A condition that the corrected loan would not meet.</summary>
public sealed record RuledOut(string Code, string Zh, string En);

/// <summary>How a correction keeps what it would make of the loan.</summary>
public static class CorrectionContent
{
    private const string Sealed = "sealed:";

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<FieldChange> ReadChanges(string json) => JsonSerializer.Deserialize<List<FieldChange>>(json, Json) ?? [];

    public static IReadOnlyList<RuledOut> ReadFindings(string json) => JsonSerializer.Deserialize<List<RuledOut>>(json, Json) ?? [];

    internal static List<FieldChange> Changes(LoanFacts before, LoanFacts after)
    {
        string?[] old = LoanFields.Write(before), now = LoanFields.Write(after);
        List<FieldChange> changes = [];
        for (int i = 0; i < old.Length; i++)
        {
            if ((old[i] ?? "") != (now[i] ?? ""))
            {
                bool number = i == (int)LoanColumn.BorrowerId;
                changes.Add(new FieldChange(LoanFields.All[i].Name,
                    number && before.IdIsPersonal ? Mask.Identity(old[i]!) : old[i],
                    number && after.IdIsPersonal ? Mask.Identity(now[i]!) : now[i]));
            }
        }

        return changes;
    }

    internal static string Seal(LoanFacts facts, IPersonalNumbers numbers)
    {
        string?[] cells = LoanFields.Write(facts);
        if (facts.IdIsPersonal)
        {
            cells[(int)LoanColumn.BorrowerId] = Sealed + Convert.ToBase64String(numbers.Protect(facts.BorrowerId).Cipher);
        }

        return JsonSerializer.Serialize(cells, Json);
    }

    internal static LoanFacts Open(string json, IPersonalNumbers numbers)
    {
        string?[] cells = JsonSerializer.Deserialize<string?[]>(json, Json) ?? throw new InvalidOperationException("A correction without content.");
        if (cells[(int)LoanColumn.BorrowerId] is { } id && id.StartsWith(Sealed, StringComparison.Ordinal))
        {
            cells[(int)LoanColumn.BorrowerId] = numbers.Reveal(Convert.FromBase64String(id[Sealed.Length..]));
        }

        return LoanReader.Read(cells).Loan ?? throw new InvalidOperationException("A kept correction can no longer be read.");
    }
}
