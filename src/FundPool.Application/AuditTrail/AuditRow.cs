using System.Text.Json;
using System.Text.Json.Nodes;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Data.Audit;
using FundPool.Domain.Tenancy;

namespace FundPool.Application.AuditTrail;

/// <summary>An event as its reader may see it.</summary>
/// <param name="Organisation">Who acted; null for the system.</param>
/// <param name="Bank">Whose data it was about, where it was a bank's.</param>
public sealed record AuditRow(AuditEvent Event, string? Organisation, string? Bank)
{
    // Enterprises' registered names are longer than any person's; what is this short may be a natural person's.
    private const int LongestPersonName = 4;

    internal static AuditRow Of(AuditEvent found, Dictionary<int, string> names, IActor actor)
    {
        bool foreign = found.BankId is { } bank && actor.Acting.Bank != bank && found.Entity.StartsWith("loan.", StringComparison.Ordinal);
        AuditEvent shown = foreign ? Masked(found) : found;
        return new AuditRow(shown,
            found.OrganisationId is { } organisation ? names.GetValueOrDefault(organisation) : null,
            found.BankId is { } of ? names.GetValueOrDefault(of) : null);
    }

    private static AuditEvent Masked(AuditEvent e) => new()
    {
        Chain = e.Chain, Seq = e.Seq, At = e.At, PoolId = e.PoolId, BankId = e.BankId, OrganisationId = e.OrganisationId, PersonId = e.PersonId,
        PersonName = e.PersonName, Action = e.Action, Entity = e.Entity, EntityId = e.EntityId, Before = Masked(e.Before), After = Masked(e.After),
        Reason = e.Reason, Article = e.Article, TraceId = e.TraceId, Hash = e.Hash,
    };

    private static string? Masked(string? text)
    {
        if (text is null || !(text.Contains("borrower_name", StringComparison.Ordinal) || text.Contains("\"facts\"", StringComparison.Ordinal)))
        {
            return text;
        }

        JsonNode? row = JsonNode.Parse(text);
        Mask(row, "borrower_name");
        // A correction keeps the whole loan as it would be, with a person's name among its cells; its changes say what there is to say.
        (row as JsonObject)?.Remove("facts");
        if (row?["changes"] is JsonArray changes)
        {
            foreach (JsonNode? change in changes.Where(change => (string?)change?["field"] == "borrower_name"))
            {
                Mask(change, "old");
                Mask(change, "new");
            }
        }

        return row?.ToJsonString(CorrectionContent.Json);
    }

    private static void Mask(JsonNode? row, string name)
    {
        if (row is JsonObject known && known[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            && value.GetValue<string>() is { Length: <= LongestPersonName } person)
        {
            known[name] = Domain.Tenancy.Mask.PersonName(person);
        }
    }
}
