namespace FundPool.Data.Loans;

/// <summary>
/// A loan project of the loan library: one loan note (借据), as registered, with its current classification.
/// Amounts are CNY fen; <see cref="CurrencyPrincipal"/> is in <see cref="Currency"/>.
/// </summary>
public sealed class Loan
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public required string ContractNo { get; set; }
    public required string NoteNo { get; set; }
    public required string BorrowerName { get; set; }

    /// <summary>The same for the same borrower: the credit code, or a keyed digest of a resident ID.</summary>
    public required string BorrowerKey { get; set; }

    /// <summary>The credit code, or the resident ID with its middle masked.</summary>
    public required string BorrowerIdShown { get; set; }

    /// <summary>The resident ID, encrypted; null for credit codes.</summary>
    public byte[]? BorrowerIdCipher { get; set; }

    public required string BorrowerKind { get; set; }
    public required string Industry { get; set; }
    public int? Employees { get; set; }
    public long? RevenueFen { get; set; }
    public long? TotalAssetsFen { get; set; }
    public DateOnly LoanDate { get; set; }

    /// <summary>Year × 10 + quarter of the loan date, computed by the database.</summary>
    public int Quarter { get; set; }

    public DateOnly MaturityDate { get; set; }
    public required string Currency { get; set; }
    public decimal CurrencyPrincipal { get; set; }
    public decimal FxRate { get; set; }
    public long PrincipalFen { get; set; }
    public decimal AnnualRate { get; set; }
    public required string Product { get; set; }
    public required string Purpose { get; set; }
    public required string[] Security { get; set; }
    public required string[] Features { get; set; }
    public required string[] Qualifications { get; set; }
    public long TotalBalanceFen { get; set; }
    public long? CreditLineFen { get; set; }
    public required string OtherCover { get; set; }
    public string? Branch { get; set; }
    public DateOnly RegisteredOn { get; set; }
    public int? RegisteredBy { get; set; }
    public DateTime RegisteredAt { get; set; }
    public long? BatchId { get; set; }
    public string? LegacyReason { get; set; }
    public required string Rulebook { get; set; }
    public int ExpectedShareBp { get; set; }
    public string[] Warnings { get; set; } = [];
    public string RiskClass { get; set; } = "normal";
    public DateOnly? ClassDate { get; set; }
    public DateOnly? NplSince { get; set; }
    public long? OutstandingFen { get; set; }
    public int? OverdueDays { get; set; }
    public string Library { get; set; } = "loan";

    /// <summary>Digest of the registered content: the same row sent again is recognised as unchanged.</summary>
    public Guid ContentHash { get; set; }

    public string[] SearchGrams { get; set; } = [];
    public int Version { get; set; } = 1;
}

/// <summary>One report of a loan's class. The value date is when it became so, the booking date when the pool was told.</summary>
public sealed class Classification
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long LoanId { get; set; }
    public required string RiskClass { get; set; }
    public DateOnly ValueDate { get; set; }
    public DateOnly BookedOn { get; set; }
    public long OutstandingFen { get; set; }
    public int? OverdueDays { get; set; }
    public int? ReportedBy { get; set; }
    public DateTime ReportedAt { get; set; }
    public long? BatchId { get; set; }
}

/// <summary>A change of a registered loan after its window, waiting for or decided by the reviewer.</summary>
public sealed class Correction
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long LoanId { get; set; }
    public string State { get; set; } = "proposed";
    public required string Changes { get; set; }
    public required string Facts { get; set; }
    public required string Reason { get; set; }
    public int LoanVersion { get; set; }
    public int ShareBeforeBp { get; set; }
    public int ShareAfterBp { get; set; }
    public required string FindingsAfter { get; set; }
    public int ProposedBy { get; set; }
    public required string ProposedByName { get; set; }
    public DateTime ProposedAt { get; set; }
    public int? DecidedBy { get; set; }
    public string? DecidedByName { get; set; }
    public DateTime? DecidedAt { get; set; }
    public string? Opinion { get; set; }
}

public sealed class ImportBatch
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public required string Kind { get; set; }
    public required string State { get; set; }
    public long FileId { get; set; }
    public DateOnly AsOf { get; set; }
    public string? LegacyReason { get; set; }
    public bool AllOrNothing { get; set; }
    public int? Rows { get; set; }
    public int? Accepted { get; set; }
    public int? Unchanged { get; set; }
    public int? Rejected { get; set; }
    public int? Warned { get; set; }
    public long? AcceptedPrincipalFen { get; set; }
    public long? ErrorFileId { get; set; }
    public string? FailureZh { get; set; }
    public string? FailureEn { get; set; }
    public int? CreatedBy { get; set; }
    public DateTime CreatedAt { get; set; }
    public int? ConfirmedBy { get; set; }
    public DateTime? ConfirmedAt { get; set; }
    public DateTime? FinishedAt { get; set; }
}

public sealed class ImportProgress
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long BatchId { get; set; }
    public required string Phase { get; set; }
    public int Done { get; set; }
    public DateTime At { get; set; }
    public int Attempts { get; set; } = 1;
}

public sealed class ImportError
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long BatchId { get; set; }
    public int N { get; set; }
    public int Row { get; set; }
    public required string Field { get; set; }
    public required string Code { get; set; }
    public required string MessageZh { get; set; }
    public required string MessageEn { get; set; }
    public string? Value { get; set; }
}

public sealed class StoredFile
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public required byte[] Sha256 { get; set; }
    public long Size { get; set; }
    public required string ContentType { get; set; }
    public required string Name { get; set; }
    public int? CreatedBy { get; set; }
    public DateTime CreatedAt { get; set; }
}

public sealed class Document
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long LoanId { get; set; }
    public long FileId { get; set; }
    public required string Title { get; set; }
    public int UploadedBy { get; set; }
    public required string UploadedByName { get; set; }
    public DateTime UploadedAt { get; set; }
    public DateTime? WithdrawnAt { get; set; }
}

/// <summary>What a person has typed and not yet sent.</summary>
public sealed class Draft
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public int PersonId { get; set; }
    public required string Kind { get; set; }
    public required string Key { get; set; }
    public required string Body { get; set; }
    public int Version { get; set; } = 1;
    public DateTime SavedAt { get; set; }
}

/// <summary>Number and disbursed principal of a bank's loans by quarter, library and class; kept by trigger.</summary>
public sealed class Summary
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public int Quarter { get; set; }
    public required string Library { get; set; }
    public required string RiskClass { get; set; }
    public long Loans { get; set; }
    public long PrincipalFen { get; set; }
}

/// <summary>A crossing of one of the thresholds of a.17, with the figures of that moment.</summary>
public sealed class StandingCrossing
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public required string Value { get; set; }
    public long NplPrincipalFen { get; set; }
    public long PrincipalFen { get; set; }
    public long NplLoans { get; set; }
    public long Loans { get; set; }
    public required string Cause { get; set; }
    public DateOnly MeasuredOn { get; set; }
    public DateTime MeasuredAt { get; set; }
}
