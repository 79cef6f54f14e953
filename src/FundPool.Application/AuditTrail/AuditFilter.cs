using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Audit;
using FundPool.Domain.Tenancy;

namespace FundPool.Application.AuditTrail;

/// <summary>What the record is narrowed to; null: not narrowed. Days are those of Asia/Shanghai, both included.</summary>
public sealed record AuditFilter
{
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>Part of the acting person's name.</summary>
    public string? Person { get; init; }

    public string? Action { get; init; }
    public string? Entity { get; init; }

    /// <summary>The number of the thing that was touched: the last part of its key, or the whole of it.</summary>
    public string? EntityId { get; init; }

    /// <summary>The acting organisation.</summary>
    public int? Organisation { get; init; }
}

internal static class AuditQuery
{
    private const string Registrations = "RegisterLoans";
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>
    /// The events that a reader may see, as the fences have it and once more explicitly: an auditor the pool's, the platform what
    /// was done to organisations and reference data, everybody else what the own organisation did or what was done to the own bank. What others
    /// did about a bank's claims the bank reads in the claim's history, which shows opinions from the decision on and not before.
    /// </summary>
    public static IQueryable<AuditEvent> Readable(FundPoolDb db, IActor actor, AuditFilter filter)
    {
        IQueryable<AuditEvent> events = db.AuditEvents;
        int? pool = actor.Acting.Pool, bank = actor.Acting.Bank, organisation = actor.Acting.Organisation;
        events = actor.Kind switch
        {
            OrganisationKind.Auditor => events.Where(e => e.PoolId == pool),
            OrganisationKind.Platform => events.Where(e => e.Entity.StartsWith("tenancy.") || e.Entity.StartsWith("reference.")),
            OrganisationKind.Bank => events.Where(e => e.PoolId == pool && (e.OrganisationId == organisation || (e.BankId == bank && !e.Entity.StartsWith("compensation.")))),
            _ => events.Where(e => e.PoolId == pool && e.OrganisationId == organisation),
        };

        // Registrations are many and each stands on its loan's page; they are listed when asked for.
        events = filter.Action is { Length: > 0 } action ? events.Where(e => e.Action == action) : events.Where(e => e.Action != Registrations);
        if (filter.Action == Registrations && actor.Kind is not (OrganisationKind.Auditor or OrganisationKind.Platform))
        {
            events = events.Where(e => e.Chain == organisation);
        }

        if (filter.From is { } from)
        {
            DateTime begin = Midnight(from);
            events = events.Where(e => e.At >= begin);
        }

        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            DateTime end = Midnight(to.AddDays(1));
            events = events.Where(e => e.At < end);
        }

        if (!string.IsNullOrWhiteSpace(filter.Person))
        {
            string part = filter.Person.Trim();
            events = events.Where(e => e.PersonName.Contains(part));
        }

        if (filter.Entity is { Length: > 0 } entity)
        {
            events = events.Where(e => e.Entity == entity);
        }

        if (!string.IsNullOrWhiteSpace(filter.EntityId))
        {
            string id = filter.EntityId.Trim(), tail = "/" + id;
            events = events.Where(e => e.EntityId == id || e.EntityId.EndsWith(tail));
        }

        return filter.Organisation is { } of ? events.Where(e => e.OrganisationId == of) : events;
    }

    /// <summary>
    /// The newest first. No index by time holds the registrations, so these come by the chain's own key, which is the order of time
    /// inside an organisation.
    /// </summary>
    public static IQueryable<AuditEvent> Ordered(IQueryable<AuditEvent> events, AuditFilter filter, (DateTime At, int Chain, long Seq)? after)
    {
        if (filter.Action == Registrations)
        {
            return (after is { } last ? events.Where(e => e.Chain < last.Chain || (e.Chain == last.Chain && e.Seq < last.Seq)) : events)
                .OrderByDescending(e => e.Chain).ThenByDescending(e => e.Seq);
        }

        return (after is { } end
                ? events.Where(e => e.At < end.At || (e.At == end.At && (e.Chain < end.Chain || (e.Chain == end.Chain && e.Seq < end.Seq))))
                : events)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Chain).ThenByDescending(e => e.Seq);
    }

    private static DateTime Midnight(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), China).UtcDateTime;
}
