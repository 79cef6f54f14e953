using Microsoft.EntityFrameworkCore;

namespace FundPool.Data.Tenancy;

/// <summary>
/// Something told to an organisation: to one person, or to whoever holds a permission. What a claim's history tells has no sentence of
/// its own; its words come from kind, number and count.
/// </summary>
public sealed class Message
{
    public int PoolId { get; set; }
    public int OrganisationId { get; set; }
    public long Id { get; set; }
    public int? PersonId { get; set; }

    /// <summary>A name of the domain's <c>Permission</c>; null for everybody there.</summary>
    public string? Permission { get; set; }

    public required string Kind { get; set; }

    /// <summary>Whether somebody has to act.</summary>
    public bool Todo { get; set; }

    /// <summary>The claims that still wait here.</summary>
    public long[] WaitsFor { get; set; } = [];

    public int Count { get; set; }
    public string? Number { get; set; }
    public int? Lacking { get; set; }
    public string? TitleZh { get; set; }
    public string? TitleEn { get; set; }
    public string? NoteZh { get; set; }
    public string? NoteEn { get; set; }
    public required string Href { get; set; }
    public DateOnly? Due { get; set; }
    public bool DueProvisional { get; set; }
    public required string Key { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime? ClosedAt { get; set; }
    public DateTime? AddressedAt { get; set; }
}

/// <summary>That a person has read a message.</summary>
public sealed class MessageRead
{
    public int PoolId { get; set; }
    public int OrganisationId { get; set; }
    public long MessageId { get; set; }
    public int PersonId { get; set; }
    public DateTime ReadAt { get; set; }
}

/// <summary>A message on its way to a person's mailbox.</summary>
public sealed class Mail
{
    public int PoolId { get; set; }
    public int OrganisationId { get; set; }
    public long MessageId { get; set; }
    public int PersonId { get; set; }
    public string State { get; set; } = "waiting";
    public int Attempts { get; set; }
    public DateTime NextAt { get; set; }
    public string? LastError { get; set; }
    public DateTime? SentAt { get; set; }
}

internal static class MessageModel
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Message>(e =>
        {
            e.ToTable("message", "tenancy").HasKey(x => new { x.PoolId, x.OrganisationId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
        });
        model.Entity<MessageRead>().ToTable("message_read", "tenancy").HasKey(x => new { x.PoolId, x.OrganisationId, x.MessageId, x.PersonId });
        model.Entity<Mail>().ToTable("mail", "tenancy").HasKey(x => new { x.PoolId, x.OrganisationId, x.MessageId, x.PersonId });
    }
}
