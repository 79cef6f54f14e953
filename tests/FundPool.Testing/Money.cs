using System.Globalization;
using FundPool.Application.Ledger;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;

namespace FundPool.Testing;

/// <summary>Money in the special account, for tests that pay.</summary>
public static class MoneyIn
{
    private static int keys;

    /// <summary>The key of a form, each time another.</summary>
    public static string Key() => string.Create(CultureInfo.InvariantCulture, $"key-{Interlocked.Increment(ref keys):D8}");

    public static Task<TestActor> TreasurerAsync(this TestPortal portal, Role role = Role.Officer) => portal.PersonAsync("JRZX", OrganisationKind.Treasurer, role);

    /// <summary>An appropriation, entered by one and approved by another. Answers the receipt.</summary>
    public static async Task<long> AppropriateAsync(this TestPortal portal, string yuan)
    {
        // A second one of the same sum is another paper; entered twice it would be refused.
        long before = await portal.Database.ScalarAsync<long>("select count(*) from ledger.receipt");
        string document = before == 0 ? "深财〔2026〕8号" : string.Create(CultureInfo.InvariantCulture, $"深财〔2026〕{8 + before}号");
        long receipt = (await portal.SendAsync(await portal.TreasurerAsync(), new EnterReceipt.Command(
            "appropriation", Money.Parse(yuan), new DateOnly(2026, 3, 2), document, "2026年度风险补偿资金", Key()))).Value;
        return (await portal.SendAsync(await portal.TreasurerAsync(Role.Chief), new DecideReceipt.Command(receipt, true, null))).Value;
    }

    public static Task<long> BalanceAsync(this TestPortal portal, string account = "special") =>
        portal.Database.ScalarAsync<long>("select coalesce((select fen from ledger.balance where pool_id = $1 and account = $2), 0)", portal.Database.Pool, account);
}
