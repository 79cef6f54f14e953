using FundPool.Domain.Kernel;

namespace FundPool.Domain.Loans;

/// <summary>One loan note as a bank states it: a well-formed row of the loan file.</summary>
public sealed record LoanFacts
{
    /// <summary>合同编号.</summary>
    public required string ContractNo { get; init; }

    /// <summary>借据编号, unique within the bank and pool.</summary>
    public required string NoteNo { get; init; }

    /// <summary>借款人名称.</summary>
    public required string BorrowerName { get; init; }

    /// <summary>证件号码: a credit code, or an owner's resident number.</summary>
    public required string BorrowerId { get; init; }

    /// <summary>Whether <see cref="BorrowerId"/> is a resident number, which is personal data.</summary>
    public required bool IdIsPersonal { get; init; }

    /// <summary>What the rules ask.</summary>
    public required LoanTerms Terms { get; init; }

    /// <summary>从业人员.</summary>
    public int? Employees { get; init; }

    /// <summary>营业收入, last year's.</summary>
    public Money? Revenue { get; init; }

    /// <summary>资产总额.</summary>
    public Money? TotalAssets { get; init; }

    /// <summary>币种, ISO 4217.</summary>
    public string Currency { get; init; } = "CNY";

    /// <summary>贷款金额 in the currency.</summary>
    public required decimal OriginalPrincipal { get; init; }

    /// <summary>折算汇率, CNY per unit on the loan date; null for CNY.</summary>
    public Rate? FxRate { get; init; }

    /// <summary>贷款用途.</summary>
    public required string Purpose { get; init; }

    /// <summary>经办机构.</summary>
    public string? Branch { get; init; }
}
