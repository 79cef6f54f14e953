using Microsoft.EntityFrameworkCore;

namespace FundPool.Data.Audit;

/// <summary>One link of an organisation's chain: who did what to what, when, why, with before and after. Written by triggers only.</summary>
public sealed class AuditEvent
{
    public int Chain { get; init; }
    public long Seq { get; init; }
    public DateTime At { get; init; }
    public int? PoolId { get; init; }
    public int? BankId { get; init; }
    public int? OrganisationId { get; init; }
    public int? PersonId { get; init; }
    public required string PersonName { get; init; }
    public required string Action { get; init; }
    public required string Entity { get; init; }
    public required string EntityId { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public string? Reason { get; init; }
    public string? Article { get; init; }
    public string? TraceId { get; init; }
    public required byte[] Hash { get; init; }
}

internal static class AuditModel
{
    public static void Map(ModelBuilder model) =>
        model.Entity<AuditEvent>().ToTable("event", "audit").HasKey(x => new { x.Chain, x.Seq });
}
