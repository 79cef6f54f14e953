namespace FundPool.Data.Compensation;

/// <summary>A bank's payment documents for its claims of one plan (a.19(3)), as filed; returned ones stay and a new filing follows.</summary>
public sealed class Payout
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long PlanId { get; set; }
    public string State { get; set; } = "filed";
    public required string AccountName { get; set; }

    /// <summary>The account's number, encrypted.</summary>
    public required byte[] AccountCipher { get; set; }

    /// <summary>Its last four digits.</summary>
    public required string AccountShown { get; set; }

    public required string OpeningBank { get; set; }

    /// <summary>JSON <c>[{"code","file","name","sha256"}]</c>.</summary>
    public required string Papers { get; set; }

    public DateOnly DocumentsDue { get; set; }
    public bool Late { get; set; }

    /// <summary>Everybody who uploaded or typed; none of them may confirm the money.</summary>
    public int[] Hands { get; set; } = [];

    public int FiledBy { get; set; }
    public required string FiledByName { get; set; }
    public DateOnly FiledOn { get; set; }
    public DateTime FiledAt { get; set; }
    public int? CheckedBy { get; set; }
    public string? CheckedByName { get; set; }
    public DateTime? CheckedAt { get; set; }
    public string? Opinion { get; set; }
    public DateOnly? PaymentDue { get; set; }
    public bool PaymentDueProvisional { get; set; }
    public int RowVersion { get; set; } = 1;
}

/// <summary>A document uploaded for a bank's payout of a plan.</summary>
public sealed class PayoutPaper
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long PlanId { get; set; }
    public required string Code { get; set; }
    public long FileId { get; set; }
    public int UploadedBy { get; set; }
    public required string UploadedByName { get; set; }
    public DateTime UploadedAt { get; set; }
    public DateTime? WithdrawnAt { get; set; }
}

/// <summary>An order to pay a bank for claims of one plan: an officer prepares it, a chief releases it.</summary>
public sealed class PaymentOrder
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long PlanId { get; set; }
    public long PayoutId { get; set; }
    public required string Number { get; set; }
    public string State { get; set; } = "prepared";
    public long TotalFen { get; set; }
    public int PreparedBy { get; set; }
    public required string PreparedByName { get; set; }
    public int[] Hands { get; set; } = [];
    public DateOnly PreparedOn { get; set; }
    public DateTime PreparedAt { get; set; }
    public int? ReleasedBy { get; set; }
    public string? ReleasedByName { get; set; }
    public DateOnly? ReleasedOn { get; set; }
    public DateTime? ReleasedAt { get; set; }
    public int? DroppedBy { get; set; }
    public string? DroppedByName { get; set; }
    public DateTime? DroppedAt { get; set; }
    public string? DropReason { get; set; }
    public long? EntryId { get; set; }
    public DateOnly? ReceivedOn { get; set; }
    public int? ConfirmedBy { get; set; }
    public string? ConfirmedByName { get; set; }
    public DateTime? ConfirmedAt { get; set; }
    public int RowVersion { get; set; } = 1;
}

public sealed class PaymentItem
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long OrderId { get; set; }
    public int N { get; set; }
    public long ClaimId { get; set; }
    public long AmountFen { get; set; }
    public DateTime? LeftAt { get; set; }
}
