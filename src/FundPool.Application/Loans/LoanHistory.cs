using System.Globalization;
using System.Text.Json;
using FundPool.Data.Audit;
using FundPool.Data.Loans;

namespace FundPool.Application.Loans;

/// <summary>One thing that happened to a loan, as people tell it: the events of one request are one entry.</summary>
/// <param name="What">The use case: RegisterLoan, EditLoan, ReportClassification …; a decided correction is Consent or Refuse.</param>
/// <param name="Organisation">Whose person it was; null for the system.</param>
/// <param name="Detail">What it was about where no field changed: the title of a document.</param>
public sealed record HistoryEntry(DateTime At, string Who, int? Organisation, string What, string? Reason, string? Article, string? Detail, IReadOnlyList<FieldChange> Changes);

/// <summary>Tells the record of a loan in the fields and spellings of the loan file.</summary>
internal static class LoanHistory
{
    // Kept for the machine, and nothing that a person would ask for.
    private static readonly HashSet<string> Unsaid = new(StringComparer.Ordinal)
    {
        "content_hash", "borrower_key", "quarter", "batch_id", "registered_at", "registered_by", "state", "decided_by", "decided_by_name", "decided_at",
        "opinion", "withdrawn_at", "version", "search_grams",
    };

    /// <param name="maskNames">The reader is not the borrower's bank and the borrower is a person.</param>
    public static List<HistoryEntry> Of(IEnumerable<AuditEvent> events, Loan loan, string? registeredBy, bool maskNames)
    {
        List<HistoryEntry> entries = [.. Requests(events).Select(request => EntryOf(request, maskNames)).OrderByDescending(entry => entry.At)];
        if (!entries.Exists(entry => entry.What == nameof(RegisterLoan)))
        {
            // Loans of a file are thousands at once; the loan itself says when and by whom.
            entries.Add(new HistoryEntry(loan.RegisteredAt, registeredBy ?? "", loan.BankId, nameof(RegisterLoan), loan.LegacyReason, "19(1)", null, []));
        }

        return entries;
    }

    // A request of the portal has its trace. A file's work has none: what it changes about the loan belongs to the report before it.
    private static List<List<AuditEvent>> Requests(IEnumerable<AuditEvent> events)
    {
        List<List<AuditEvent>> requests = [];
        foreach (AuditEvent e in events.OrderBy(e => e.At).ThenBy(e => e.Seq))
        {
            List<AuditEvent>? request = requests.Find(known => known[0].Action == e.Action && known[0].PersonId == e.PersonId && known[0].TraceId == e.TraceId && e.TraceId is not null)
                ?? (e.TraceId is null && e.Entity == "loan.loan" ? requests.FindLast(known => known[0].Action == e.Action && known[0].TraceId is null && known[^1].Entity != "loan.loan") : null);
            if (request is null)
            {
                requests.Add([e]);
            }
            else
            {
                request.Add(e);
            }
        }

        return requests;
    }

    private static HistoryEntry EntryOf(List<AuditEvent> request, bool maskNames)
    {
        AuditEvent first = request[0];
        string what = first.Action;
        string? detail = null;
        Dictionary<string, FieldChange> changes = new(StringComparer.Ordinal);
        foreach (AuditEvent e in request)
        {
            Dictionary<string, string?> before = Read(e.Before), after = Read(e.After);
            switch (e.Entity)
            {
                case "loan.loan" when e.Before is not null:
                    Compare(before, after, changes);
                    break;
                case "loan.classification":
                    Report(after, changes);
                    break;
                case "loan.correction" when e.Before is null:
                    foreach (FieldChange change in CorrectionContent.ReadChanges(after.GetValueOrDefault("changes") ?? "[]"))
                    {
                        changes[change.Field] = change;
                    }

                    break;
                case "loan.correction" when after.GetValueOrDefault("state") is "consented" or "refused":
                    what = after["state"] == "consented" ? "Consent" : "Refuse";
                    break;
                case "loan.document":
                    detail = after.GetValueOrDefault("title") ?? (e.Action == nameof(Documents.OpenDocument) ? e.After : null);
                    break;
                default:
                    break;
            }
        }

        return new HistoryEntry(first.At, first.PersonName, first.OrganisationId, what, first.Reason, first.Article, detail,
            Masking.Names([.. changes.Values], maskNames));
    }

    private static void Compare(Dictionary<string, string?> before, Dictionary<string, string?> after, Dictionary<string, FieldChange> changes)
    {
        foreach (string column in before.Keys.Union(after.Keys).Where(column => !Unsaid.Contains(column)))
        {
            // Lent in CNY, the sum and its conversion are one figure.
            if (column == "principal_fen" && before.ContainsKey("currency_principal"))
            {
                continue;
            }

            string field = FieldOf(column);
            changes[field] = new FieldChange(field, Spell(column, before.GetValueOrDefault(column)), Spell(column, after.GetValueOrDefault(column)));
        }
    }

    // A report that lies before a later one changes nothing about the loan; what it said is told all the same.
    private static void Report(Dictionary<string, string?> after, Dictionary<string, FieldChange> changes)
    {
        foreach (string column in new[] { "risk_class", "value_date", "outstanding_fen", "overdue_days" })
        {
            string field = column == "value_date" ? "class_date" : FieldOf(column);
            if (after.GetValueOrDefault(column) is { } value)
            {
                changes.TryAdd(field, new FieldChange(field, null, Spell(column, value)));
            }
        }
    }

    private static string FieldOf(string column) => column switch
    {
        "currency_principal" => "principal",
        "principal_fen" => "principal_cny",
        "borrower_id_shown" => "borrower_id",
        "expected_share_bp" => "expected_share",
        _ when column.EndsWith("_fen", StringComparison.Ordinal) => column[..^4],
        _ => column,
    };

    private static string? Spell(string column, string? value) =>
        value is null ? null
        : column.EndsWith("_fen", StringComparison.Ordinal) ? (decimal.Parse(value, CultureInfo.InvariantCulture) / 100m).ToString("0.00", CultureInfo.InvariantCulture)
        : column == "expected_share_bp" ? (decimal.Parse(value, CultureInfo.InvariantCulture) / 10_000m).ToString("0.00##", CultureInfo.InvariantCulture)
        : value;

    private static Dictionary<string, string?> Read(string? json)
    {
        Dictionary<string, string?> values = new(StringComparer.Ordinal);
        if (json is not ['{', ..])
        {
            return values;
        }

        using JsonDocument document = JsonDocument.Parse(json);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            values[property.Name] = property.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.Array when property.Name != "changes" => string.Join(';', property.Value.EnumerateArray().Select(item => item.ToString())) is { Length: > 0 } list ? list : null,
                _ => property.Value.GetRawText(),
            };
        }

        return values;
    }
}
