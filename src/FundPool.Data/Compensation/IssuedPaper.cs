namespace FundPool.Data.Compensation;

/// <summary>A paper as it was given out. Made once for its subject and never changed.</summary>
public sealed class IssuedPaper
{
    public int PoolId { get; set; }

    /// <summary>Whose the subject is; 0 for the pool's own papers, which are published.</summary>
    public int BankId { get; set; }

    public required string Kind { get; set; }
    public long SubjectId { get; set; }

    /// <summary>The version of a claim; 0 where a subject has none.</summary>
    public int SubjectN { get; set; }

    public required string Code { get; set; }
    public string? Number { get; set; }
    public required string Title { get; set; }
    public required string Issuer { get; set; }
    public DateOnly IssuedOn { get; set; }
    public long? AmountFen { get; set; }

    /// <summary>JSON: what both forms are made of.</summary>
    public required string Content { get; set; }

    public required byte[] Docx { get; set; }
    public required string Sha256 { get; set; }
    public DateTime MadeAt { get; set; }
}
