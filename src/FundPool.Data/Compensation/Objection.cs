namespace FundPool.Data.Compensation;

/// <summary>What somebody outside said: an objection (异议) to an item of a notice, a report (举报) about an applicant, a complaint (投诉) about staff.</summary>
public sealed class Objection
{
    public int PoolId { get; set; }
    public long Id { get; set; }

    /// <summary>What the sender quotes.</summary>
    public required string Receipt { get; set; }

    public required string Kind { get; set; }
    public Guid FormKey { get; set; }
    public long? NoticeId { get; set; }
    public int? Item { get; set; }
    public int? ClaimBankId { get; set; }
    public long? ClaimId { get; set; }
    public string? About { get; set; }
    public required string Content { get; set; }
    public string State { get; set; } = "received";

    /// <summary>Why it was not taken up.</summary>
    public string? Ground { get; set; }

    /// <summary>For the file; the sender never sees it.</summary>
    public string? Opinion { get; set; }

    /// <summary>What the sender is told.</summary>
    public string? Answer { get; set; }

    public DateTime ReceivedAt { get; set; }

    /// <summary>To decline, with ground, opinion and answer, until another person decides.</summary>
    public string? Proposal { get; set; }

    public int? ProposedBy { get; set; }
    public string? ProposedByName { get; set; }
    public DateTime? ProposedAt { get; set; }
    public int? DecidedBy { get; set; }
    public string? DecidedByName { get; set; }
    public DateTime? DecidedAt { get; set; }
    public int? AnsweredBy { get; set; }
    public string? AnsweredByName { get; set; }
    public DateTime? AnsweredAt { get; set; }
    public int RowVersion { get; set; } = 1;
}

/// <summary>Who said it, behind the fence of the organisation that handles it.</summary>
public sealed class Objector
{
    public int PoolId { get; set; }
    public int OrganisationId { get; set; }
    public long ObjectionId { get; set; }
    public bool IsUnit { get; set; }
    public required string Name { get; set; }
    public string? Unit { get; set; }
    public string? UnitCode { get; set; }
    public required string PhoneKey { get; set; }
    public required byte[] PhoneCipher { get; set; }
    public required string Address { get; set; }
    public long? FileId { get; set; }
}

/// <summary>A proposed or decided change of a bank's standing in the pool: the dishonesty list (a.30), the end of membership (a.24).</summary>
public sealed class BankStatusChange
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public required string Change { get; set; }
    public DateOnly FromOn { get; set; }
    public DateOnly? UntilOn { get; set; }
    public required string Reason { get; set; }
    public long? FileId { get; set; }
    public string State { get; set; } = "proposed";
    public int ProposedBy { get; set; }
    public required string ProposedByName { get; set; }
    public DateTime ProposedAt { get; set; }
    public int? DecidedBy { get; set; }
    public string? DecidedByName { get; set; }
    public DateTime? DecidedAt { get; set; }
    public string? Opinion { get; set; }
}
