namespace FundPool.Data.Ledger;

/// <summary>An entry of the pool's ledger. Never edited; undone by a reversal. Written by the database's own function alone.</summary>
public sealed class LedgerEntry
{
    public int PoolId { get; set; }
    public long Id { get; set; }
    public required string Kind { get; set; }
    public DateOnly BookedOn { get; set; }
    public required string Memo { get; set; }
    public required string Document { get; set; }
    public int MadeBy { get; set; }
    public required string MadeByName { get; set; }
    public int ApprovedBy { get; set; }
    public required string ApprovedByName { get; set; }
    public long? ReversesId { get; set; }
    public required string Key { get; set; }
    public DateTime PostedAt { get; set; }
}

/// <summary>One side of an entry, in fen: into the account positive, out of it negative.</summary>
public sealed class LedgerPosting
{
    public int PoolId { get; set; }
    public long EntryId { get; set; }
    public int N { get; set; }
    public required string Account { get; set; }
    public long Fen { get; set; }
    public int? OfBank { get; set; }
    public long? ClaimId { get; set; }
}

/// <summary>What an account holds, kept by trigger.</summary>
public sealed class LedgerBalance
{
    public int PoolId { get; set; }
    public required string Account { get; set; }
    public long Fen { get; set; }
    public int RowVersion { get; set; }
}

/// <summary>Money entered as received, or the reversal of such an entry: a paper until the treasurer's chief approves it.</summary>
public sealed class Receipt
{
    public int PoolId { get; set; }
    public long Id { get; set; }
    public required string Kind { get; set; }
    public long Fen { get; set; }
    public DateOnly ReceivedOn { get; set; }
    public required string Document { get; set; }
    public required string Memo { get; set; }
    public long? ReversesId { get; set; }
    public string State { get; set; } = "entered";
    public int MadeBy { get; set; }
    public required string MadeByName { get; set; }
    public int MadeByUnit { get; set; }
    public DateTime MadeAt { get; set; }
    public int? DecidedBy { get; set; }
    public string? DecidedByName { get; set; }
    public DateTime? DecidedAt { get; set; }
    public string? Opinion { get; set; }
    public long? EntryId { get; set; }
    public int RowVersion { get; set; } = 1;
}
