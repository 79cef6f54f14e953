namespace FundPool.Data.Compensation;

/// <summary>A warning of a deadline that was given, once; the band <c>missed</c> is the history of what was missed.</summary>
public sealed class Reminder
{
    public int PoolId { get; set; }

    /// <summary>The bank; for what belongs to an institution, the institution.</summary>
    public int BankId { get; set; }

    /// <summary>A deadline of the rulebook, or <c>returned</c>.</summary>
    public required string Code { get; set; }

    public required string About { get; set; }
    public long AboutId { get; set; }
    public DateOnly Due { get; set; }
    public required string Band { get; set; }
    public required string Number { get; set; }

    /// <summary>Who had to act, as the rulebook says.</summary>
    public required string Who { get; set; }

    public DateOnly GivenOn { get; set; }
}
