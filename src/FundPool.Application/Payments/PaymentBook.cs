using System.Text.Json;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Ledger;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>A payment document as it was filed.</summary>
/// <param name="File">The number of the uploaded document (<c>compensation.payout_paper</c>).</param>
public sealed record FiledPaper(string Code, long File, string Name, string Sha256);

/// <summary>Rows on the way to the money, locked in one order everywhere: payout or order first, then the claims by id.</summary>
internal static class PaymentBook
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static string Write(IEnumerable<FiledPaper> papers) => JsonSerializer.Serialize(papers, Json);

    public static IReadOnlyList<FiledPaper> ReadPapers(string papers) => JsonSerializer.Deserialize<List<FiledPaper>>(papers, Json) ?? [];

    public static Task<Payout?> LockAsync(this DbSet<Payout> payouts, int pool, int bank, long id, CancellationToken ct) => payouts
        .FromSql($"select * from compensation.payout where pool_id = {pool} and bank_id = {bank} and id = {id} for update")
        .FirstOrDefaultAsync(ct);

    public static Task<PaymentOrder?> LockAsync(this DbSet<PaymentOrder> orders, int pool, int bank, long id, CancellationToken ct) => orders
        .FromSql($"select * from compensation.payment_order where pool_id = {pool} and bank_id = {bank} and id = {id} for update")
        .FirstOrDefaultAsync(ct);

    /// <summary>A bank's claims of a plan in a state, by id.</summary>
    public static Task<List<Claim>> LockOfPlanAsync(this DbSet<Claim> claims, int pool, int bank, long plan, string state, CancellationToken ct) => claims
        .FromSql($"select * from compensation.claim where pool_id = {pool} and bank_id = {bank} and plan_id = {plan} and state = {state} order by id for update")
        .ToListAsync(ct);

    /// <summary>The claims of an order, by id.</summary>
    public static Task<List<Claim>> LockOfOrderAsync(this DbSet<Claim> claims, PaymentOrder order, CancellationToken ct) => claims
        .FromSql($"""
            select c.* from compensation.claim c where c.pool_id = {order.PoolId} and c.bank_id = {order.BankId}
              and c.id in (select i.claim_id from compensation.payment_item i where i.pool_id = {order.PoolId} and i.bank_id = {order.BankId} and i.order_id = {order.Id} and i.left_at is null)
            order by c.id for update
            """).ToListAsync(ct);

    /// <summary>The whole pool's queue as it stands inside this transaction, for an institution.</summary>
    public static async Task<IReadOnlyList<QueuedClaim>> QueueAsync(this FundPoolDb db, CancellationToken ct) =>
        [.. (await db.Database.SqlQuery<QueueRow>($"""
            select bank_id as "BankId", claim_id as "ClaimId", plan_id as "PlanId", accepted_at as "AcceptedAt", fen as "Fen", held as "Held" from compensation.queue()
            """).ToListAsync(ct))
            .Select(row => new QueuedClaim(row.BankId, row.ClaimId, row.PlanId, row.AcceptedAt, new Money(row.Fen), HoldOf(row.Held)))];

    /// <summary>What an order can still be prepared for: the special account less the orders that wait for their release.</summary>
    public static async Task<Money> FreeMoneyAsync(this FundPoolDb db, CancellationToken ct) =>
        new(await db.Database.SqlQuery<long>($"""select compensation.free_money() as "Value" """).SingleAsync(ct));

    internal static QueueHold? HoldOf(string? held) => held is null ? null : Enum.Parse<QueueHold>(held, ignoreCase: true);

    internal sealed class QueueRow
    {
        public int BankId { get; set; }
        public long ClaimId { get; set; }
        public long PlanId { get; set; }
        public DateTime AcceptedAt { get; set; }
        public long Fen { get; set; }
        public string? Held { get; set; }
    }
}
