namespace FundPool.Data.Compensation;

/// <summary>A bank's claim on the pool for a loan that has turned non-performing (a.19(2)). Amounts are CNY fen. Its state moves only as <c>ClaimFlow</c> says.</summary>
public sealed class Claim
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long LoanId { get; set; }
    public required string Number { get; set; }
    public string State { get; set; } = "draft";
    public DateTime StateSince { get; set; }
    public string? RiskClass { get; set; }
    public DateOnly? NplDate { get; set; }
    public DateOnly? CreditReportOn { get; set; }
    public long? OutstandingFen { get; set; }
    public long? NplPrincipalFen { get; set; }
    public string? Statement { get; set; }

    /// <summary>Everybody who entered or edited it since it was last submitted.</summary>
    public int[] Hands { get; set; } = [];

    public int MadeBy { get; set; }
    public required string MadeByName { get; set; }
    public int? CheckedBy { get; set; }
    public string? CheckedByName { get; set; }

    /// <summary>How often it was submitted.</summary>
    public int Version { get; set; }

    /// <summary>The day of the first submission, on which its windows are ruled.</summary>
    public DateOnly? AppliedOn { get; set; }

    /// <summary>The moment of the first submission: its place in the queue when money is short.</summary>
    public DateTime? AcceptedAt { get; set; }

    public string? Rulebook { get; set; }
    public string? Outcome { get; set; }
    public int? ShareBp { get; set; }
    public long? BasisFen { get; set; }
    public long? AmountFen { get; set; }
    public DateOnly? ReviewDue { get; set; }
    public bool ReviewDueProvisional { get; set; }

    /// <summary>JSON <c>[{"from","to"}]</c>: the days on which the claim lay with the bank; the last may be open.</summary>
    public string Stops { get; set; } = "[]";

    public DateOnly? ReReviewDue { get; set; }
    public bool ReReviewed { get; set; }
    public long? ApprovedFen { get; set; }
    public DateOnly? ApprovedOn { get; set; }
    public DateOnly? RejectedOn { get; set; }
    public long? BatchId { get; set; }
    public long? PlanId { get; set; }
    public long? PaidFen { get; set; }
    public DateOnly? PaidOn { get; set; }
    public DateOnly? ReceivedOn { get; set; }
    public DateOnly? TransferDue { get; set; }
    public DateOnly? TransferredOn { get; set; }
    public int RowVersion { get; set; } = 1;
    public DateTime CreatedAt { get; set; }
}

/// <summary>A submission as it was: enough to rule again and compare.</summary>
public sealed class ClaimVersion
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long ClaimId { get; set; }
    public int N { get; set; }

    /// <summary>JSON: the form's fields by name.</summary>
    public required string Stated { get; set; }

    /// <summary>JSON: the case as contract.md section 3 has it.</summary>
    public required string RuledCase { get; set; }

    /// <summary>JSON: the ruling as contract.md section 3 has it.</summary>
    public required string Ruling { get; set; }

    /// <summary>The reference data it rested on: <see cref="FactsSnapshot"/>.</summary>
    public required string FactsHash { get; set; }

    /// <summary>JSON <c>[{"code","file","name","sha256"}]</c>.</summary>
    public required string Materials { get; set; }

    public int SubmittedBy { get; set; }
    public required string SubmittedByName { get; set; }
    public DateTime SubmittedAt { get; set; }
}

/// <summary>Calendar and prime rates as they stood when something was ruled.</summary>
public sealed class FactsSnapshot
{
    public required string Hash { get; set; }
    public required string Content { get; set; }
    public DateTime TakenAt { get; set; }
}

/// <summary>A document of the material checklist (材料清单), as uploaded to a claim.</summary>
public sealed class Material
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long ClaimId { get; set; }
    public required string Code { get; set; }
    public long FileId { get; set; }
    public int UploadedBy { get; set; }
    public required string UploadedByName { get; set; }
    public DateTime UploadedAt { get; set; }
    public DateTime? WithdrawnAt { get; set; }
}

/// <summary>A round of review: an officer proposes, a chief decides.</summary>
public sealed class Review
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long ClaimId { get; set; }
    public required string Kind { get; set; }
    public int ClaimVersion { get; set; }
    public string State { get; set; } = "proposed";
    public required string Proposal { get; set; }
    public long? ApprovedFen { get; set; }

    /// <summary>JSON <c>[{"code","amountFen","reason"}]</c>.</summary>
    public string Deductions { get; set; } = "[]";

    /// <summary>JSON <c>[{"code","verdict","note"}]</c>.</summary>
    public string Marks { get; set; } = "[]";

    /// <summary>JSON <c>[{"article","code","note"}]</c>.</summary>
    public string Grounds { get; set; } = "[]";

    /// <summary>JSON <c>[{"code","material","note"}]</c>: what is missing, as proposed; the bank is told by <see cref="Deficiency"/> once the chief has decided.</summary>
    public string Deficiencies { get; set; } = "[]";

    /// <summary>What the ruling named on the day of the proposal.</summary>
    public long? RuledFen { get; set; }

    /// <summary>JSON: that ruling, as contract.md section 3 has it.</summary>
    public string? Ruling { get; set; }

    public required string OfficerOpinion { get; set; }
    public int Officer { get; set; }
    public required string OfficerName { get; set; }
    public DateTime ProposedAt { get; set; }
    public int? Chief { get; set; }
    public string? ChiefName { get; set; }
    public string? ChiefOpinion { get; set; }
    public DateTime? DecidedAt { get; set; }
}

/// <summary>What is missing or wrong, told the bank in one go (一次性告知).</summary>
public sealed class Deficiency
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long ClaimId { get; set; }
    public long ReviewId { get; set; }
    public required string Code { get; set; }
    public string? MaterialCode { get; set; }
    public required string Note { get; set; }
    public string? Answer { get; set; }
    public DateTime RaisedAt { get; set; }
}

/// <summary>A step of a claim's history (流程轨迹); the database writes it by itself.</summary>
public sealed class ClaimStep
{
    public int PoolId { get; set; }
    public int BankId { get; set; }
    public long Id { get; set; }
    public long ClaimId { get; set; }
    public DateTime At { get; set; }
    public string? FromState { get; set; }
    public required string ToState { get; set; }
    public required string Action { get; set; }
    public int? UnitId { get; set; }
    public required string UnitName { get; set; }
    public int? PersonId { get; set; }
    public required string PersonName { get; set; }
    public string? Opinion { get; set; }
    public string? Article { get; set; }
}
