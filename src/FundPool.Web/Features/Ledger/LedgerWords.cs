using FundPool.Domain.Ledger;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Ledger;

/// <summary>What the pages of the money call things.</summary>
internal static class LedgerWords
{
    public static string EntryKind(this IText T, string code) => LedgerNames.Entries.TryCode(code, out EntryKind kind) ? T.Of(LedgerNames.Entries.Label(kind)) : code;

    public static string Account(this IText T, string code) => LedgerNames.Accounts.TryCode(code, out LedgerAccount account) ? T.Of(LedgerNames.Accounts.Label(account)) : code;

    public static (Tone Tone, string Says) ReceiptState(this IText T, string state) => state switch
    {
        "entered" => (Tone.Warn, T["待审核"]),
        "posted" => (Tone.Good, T["已入账"]),
        "declined" => (Tone.Bad, T["已退回"]),
        _ => (Tone.Neutral, T["已撤回"]),
    };
}
