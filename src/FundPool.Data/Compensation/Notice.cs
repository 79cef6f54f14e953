namespace FundPool.Data.Compensation;

/// <summary>Approved claims gathered for one public notice.</summary>
public sealed class Batch
{
    public int PoolId { get; set; }
    public long Id { get; set; }
    public required string Name { get; set; }
    public string State { get; set; } = "gathering";
    public int MadeBy { get; set; }
    public required string MadeByName { get; set; }
    public int[] Hands { get; set; } = [];
    public int RowVersion { get; set; } = 1;
    public DateTime CreatedAt { get; set; }
}

public sealed class BatchItem
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long BatchId { get; set; }
    public long ClaimId { get; set; }
    public long AmountFen { get; set; }
    public DateTime? LeftAt { get; set; }
    public string? LeftBecause { get; set; }

    /// <summary>The number under which it stands in the notice, given at publication.</summary>
    public int? N { get; set; }
}

/// <summary>A public notice (公示, a.20(2)). Its content is frozen at publication; a mistake is corrected by a new one.</summary>
public sealed class Notice
{
    public int PoolId { get; set; }
    public long Id { get; set; }
    public long BatchId { get; set; }
    public string? Number { get; set; }
    public required string Title { get; set; }
    public required string Basis { get; set; }
    public required string Consult { get; set; }
    public required string Object { get; set; }
    public int WorkingDays { get; set; }
    public string State { get; set; } = "draft";
    public long? ReplacesId { get; set; }
    public string? CorrectionReason { get; set; }
    public DateOnly? PublishedOn { get; set; }
    public DateTime? PublishedAt { get; set; }
    public DateOnly? EndsOn { get; set; }
    public bool EndsProvisional { get; set; }

    /// <summary>JSON, the very text whose digest is <see cref="Sha256"/>.</summary>
    public string? Content { get; set; }

    public string? Sha256 { get; set; }
    public DateTime? OverAt { get; set; }
    public int MadeBy { get; set; }
    public required string MadeByName { get; set; }
    public int[] Hands { get; set; } = [];
    public int? PublishedBy { get; set; }
    public string? PublishedByName { get; set; }
    public int RowVersion { get; set; } = 1;
    public DateTime CreatedAt { get; set; }
}

/// <summary>A funding plan (资助计划): what is to be paid for which claim, under a document number.</summary>
public sealed class Plan
{
    public int PoolId { get; set; }
    public long Id { get; set; }
    public string? Number { get; set; }
    public required string Title { get; set; }
    public required string Basis { get; set; }
    public string State { get; set; } = "draft";
    public long TotalFen { get; set; }
    public DateOnly? IssuedOn { get; set; }
    public DateTime? IssuedAt { get; set; }
    public DateOnly? DocumentsDue { get; set; }

    /// <summary>JSON, the very text whose digest is <see cref="Sha256"/>.</summary>
    public string? Content { get; set; }

    public string? Sha256 { get; set; }
    public int MadeBy { get; set; }
    public required string MadeByName { get; set; }
    public int[] Hands { get; set; } = [];
    public int? IssuedBy { get; set; }
    public string? IssuedByName { get; set; }
    public int RowVersion { get; set; } = 1;
    public DateTime CreatedAt { get; set; }
}

public sealed class PlanItem
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long PlanId { get; set; }
    public long ClaimId { get; set; }
    public int N { get; set; }
    public long AmountFen { get; set; }
    public DateTime? LeftAt { get; set; }
}
