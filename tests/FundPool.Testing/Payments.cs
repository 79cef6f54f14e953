using System.Text;
using FundPool.Application.Payments;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;

namespace FundPool.Testing;

/// <summary>A plan of one bank with claims of 360,000.00 each.</summary>
public sealed record PlanKey(int Bank, string Code, long Id, IReadOnlyList<ClaimKey> Claims);

/// <summary>Claims on their way to the money, by the use cases of the payment itself.</summary>
public static class Payments
{
    public static readonly IReadOnlyList<string> Papers = ["account_letter", "receipt", "agent_id", "authority_letter"];

    public static Task<TestActor> CheckerAsync(this TestPortal portal, string bank = "B001") => portal.PersonAsync(bank, OrganisationKind.Bank, Role.Checker);

    /// <summary>An issued plan whose payment documents are awaited.</summary>
    public static async Task<PlanKey> PlanAsync(this TestPortal portal, string bank, int claims = 1)
    {
        List<ClaimKey> keys = [];
        for (int i = 0; i < claims; i++)
        {
            keys.Add(await portal.ClaimAsync(bank, ClaimState.Planned));
        }

        long plan = await portal.Database.ScalarAsync<long>("select plan_id from compensation.claim where bank_id = $1 and id = $2", keys[0].Bank, keys[0].Id);
        long[] ids = [.. keys.Select(k => k.Id)];
        await portal.Database.ExecuteAsync("update compensation.claim set plan_id = $3 where bank_id = $1 and id = any ($2)", keys[0].Bank, ids, plan);
        await portal.Database.ExecuteAsync("update compensation.plan_item set plan_id = $3, n = claim_id where bank_id = $1 and claim_id = any ($2)", keys[0].Bank, ids, plan);
        await portal.Database.ExecuteAsync("delete from compensation.plan p where not exists (select from compensation.plan_item i where i.plan_id = p.id)");
        await portal.Database.ExecuteAsync("update compensation.plan p set total_fen = (select sum(amount_fen) from compensation.plan_item i where i.plan_id = p.id)");
        return new PlanKey(keys[0].Bank, bank, plan, keys);
    }

    public static async Task<TestActor> FiledAsync(this TestPortal portal, PlanKey plan, TestActor? by = null)
    {
        TestActor maker = by ?? await portal.MakerAsync(plan.Code);
        foreach (string code in Papers)
        {
            await portal.SendAsync(maker, new AttachPaymentPaper.Command(plan.Id, code, new MemoryStream(Encoding.ASCII.GetBytes($"%PDF-1.7 {code}")), $"{code}.pdf"));
        }

        await portal.SendAsync(maker, new FilePaymentDocuments.Command(plan.Id, "甲银行股份有限公司深圳分行", "4403 0100 1234 5678", "甲银行深圳分行营业部"));
        return maker;
    }

    /// <summary>A plan whose claims stand in the queue, accepted at that hour of 2026-03-16 in UTC.</summary>
    public static async Task<PlanKey> PayableAsync(this TestPortal portal, string bank, int claims = 1, int hour = 2)
    {
        PlanKey plan = await portal.PlanAsync(bank, claims);
        await portal.Database.ExecuteAsync("update compensation.claim set accepted_at = '2026-03-16T00:00:00Z'::timestamptz + $2 * interval '1 hour' where plan_id = $1", plan.Id, hour);
        await portal.FiledAsync(plan);
        await portal.SendAsync(await portal.TreasurerAsync(), new CheckPaymentDocuments.Command(plan.Bank, await portal.PayoutAsync(plan), true, null));
        return plan;
    }

    public static Task<long> PayoutAsync(this TestPortal portal, PlanKey plan) =>
        portal.Database.ScalarAsync<long>("select max(id) from compensation.payout where plan_id = $1 and bank_id = $2", plan.Id, plan.Bank);

    /// <summary>A prepared order for what the queue lets.</summary>
    public static async Task<long> OrderedAsync(this TestPortal portal, PlanKey plan, TestActor? by = null) =>
        (await portal.SendAsync(by ?? await portal.TreasurerAsync(), new PreparePaymentOrder.Command(plan.Bank, plan.Id, MoneyIn.Key()))).Value;

    public static async Task<IReadOnlyList<string?>> StatesAsync(this TestPortal portal, PlanKey plan) =>
        await portal.Database.ColumnAsync("select state from compensation.claim where plan_id = $1 order by id", plan.Id);
}
