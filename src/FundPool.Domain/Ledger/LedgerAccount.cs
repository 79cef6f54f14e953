using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Ledger;

/// <summary>The accounts of a pool (domain.md section 6). What comes into one is positive, what leaves it negative.</summary>
public enum LedgerAccount
{
    /// <summary>The money at the bank (资金专户).</summary>
    Special,

    /// <summary>What the budget gave.</summary>
    Appropriations,

    /// <summary>What the money earned.</summary>
    Interest,

    /// <summary>What was paid out, by claim.</summary>
    Compensation,

    /// <summary>What banks owe out of recoveries.</summary>
    RecoveriesDue,

    /// <summary>What came back out of recoveries.</summary>
    RecoveriesReceived,

    /// <summary>What banks owe for loans that were upgraded.</summary>
    UpgradesDue,

    /// <summary>What banks owe by sanction.</summary>
    SanctionsDue,

    /// <summary>What balances the claims on banks.</summary>
    Equity,
}

/// <summary>What an entry of the ledger is.</summary>
public enum EntryKind
{
    /// <summary>The budget paid in.</summary>
    Appropriation,

    /// <summary>Interest of the special account.</summary>
    Interest,

    /// <summary>A released payment order.</summary>
    Payment,

    /// <summary>Undoes an earlier entry.</summary>
    Reversal,
}

/// <summary>The names of accounts and entries.</summary>
public static class LedgerNames
{
    /// <summary>The stored code of each account with what people call it.</summary>
    public static CodeList<LedgerAccount> Accounts { get; } = new(
    [
        new(LedgerAccount.Special, "special", new Words("资金专户", "Special account")),
        new(LedgerAccount.Appropriations, "appropriations", new Words("财政拨款", "Appropriations")),
        new(LedgerAccount.Interest, "interest", new Words("利息收入", "Interest")),
        new(LedgerAccount.Compensation, "compensation", new Words("补偿支出", "Compensation paid")),
        new(LedgerAccount.RecoveriesDue, "recoveries_due", new Words("应收清收返还", "Recoveries due")),
        new(LedgerAccount.RecoveriesReceived, "recoveries_received", new Words("清收返还收入", "Recoveries received")),
        new(LedgerAccount.UpgradesDue, "upgrades_due", new Words("应收上调退回", "Upgrades due")),
        new(LedgerAccount.SanctionsDue, "sanctions_due", new Words("应收违规追回", "Sanctions due")),
        new(LedgerAccount.Equity, "equity", new Words("资金池净额", "Pool equity")),
    ]);

    /// <summary>The stored code of each kind of entry with what people call it.</summary>
    public static CodeList<EntryKind> Entries { get; } = new(
    [
        new(EntryKind.Appropriation, "appropriation", new Words("财政拨款", "Appropriation")),
        new(EntryKind.Interest, "interest", new Words("专户利息", "Interest")),
        new(EntryKind.Payment, "payment", new Words("补偿拨付", "Payment")),
        new(EntryKind.Reversal, "reversal", new Words("冲销", "Reversal")),
    ]);
}
