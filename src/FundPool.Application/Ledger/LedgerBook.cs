using System.Security.Cryptography;
using System.Text;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Ledger;
using FundPool.Domain.Kernel;
using FundPool.Domain.Ledger;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FundPool.Application.Ledger;

/// <summary>What is written beside an entry.</summary>
/// <param name="Key">What it is posted for, as <c>receipt:5</c>; one thing is posted once.</param>
internal sealed record EntryFacts(DateOnly BookedOn, string Memo, string Document, int MadeBy, string MadeByName, string Key, long? Reverses = null);

/// <summary>How the first press of a button is told from the ones after it.</summary>
/// <param name="IsFirst">Nobody used the key before.</param>
/// <param name="Answer">What the first press led to.</param>
/// <param name="Misused">The no to a key that came with something else before.</param>
internal sealed record Press(bool IsFirst, long Answer, Refusal? Misused);

/// <summary>The one way into the ledger, and what keeps a deed from being done twice.</summary>
internal static class LedgerBook
{
    /// <summary>Posts the entry in this transaction and answers its id; null where the special account holds too little, and then nothing was written.</summary>
    public static async Task<long?> PostAsync(this FundPoolDb db, IActor approvedBy, Entry entry, EntryFacts facts, CancellationToken ct)
    {
        await using NpgsqlCommand post = new("select ledger.post($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)", db.Connection);
        post.Parameters.Add(new NpgsqlParameter<string> { TypedValue = LedgerNames.Entries.Code(entry.Kind) });
        post.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = facts.BookedOn });
        post.Parameters.Add(new NpgsqlParameter<string> { TypedValue = facts.Memo });
        post.Parameters.Add(new NpgsqlParameter<string> { TypedValue = facts.Document });
        post.Parameters.Add(new NpgsqlParameter<int> { TypedValue = facts.MadeBy });
        post.Parameters.Add(new NpgsqlParameter<string> { TypedValue = facts.MadeByName });
        post.Parameters.Add(new NpgsqlParameter<int> { TypedValue = approvedBy.Person() });
        post.Parameters.Add(new NpgsqlParameter<string> { TypedValue = approvedBy.Acting.PersonName });
        post.Parameters.Add(new NpgsqlParameter { Value = facts.Reverses ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        post.Parameters.Add(new NpgsqlParameter<string> { TypedValue = facts.Key });
        post.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. entry.Postings.Select(p => LedgerNames.Accounts.Code(p.Account))] });
        post.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. entry.Postings.Select(p => p.Sum.Fen)] });
        post.Parameters.Add(new NpgsqlParameter<int?[]> { TypedValue = [.. entry.Postings.Select(p => p.Bank)] });
        post.Parameters.Add(new NpgsqlParameter<long?[]> { TypedValue = [.. entry.Postings.Select(p => p.Claim)] });
        return await post.ExecuteScalarAsync(ct) as long?;
    }

    /// <summary>What the special account holds.</summary>
    public static async Task<Money> SpecialAccountAsync(this FundPoolDb db, int pool, CancellationToken ct)
    {
        string special = LedgerNames.Accounts.Code(LedgerAccount.Special);
        return new Money(await db.LedgerBalances.Where(b => b.PoolId == pool && b.Account == special).Select(b => b.Fen).FirstOrDefaultAsync(ct));
    }

    /// <summary>The postings of an entry as the domain knows them.</summary>
    public static async Task<IReadOnlyList<Posting>> PostingsAsync(this FundPoolDb db, int pool, long entry, CancellationToken ct)
    {
        List<LedgerPosting> rows = await db.LedgerPostings.AsNoTracking().Where(p => p.PoolId == pool && p.EntryId == entry).OrderBy(p => p.N).ToListAsync(ct);
        return [.. rows.Select(row => new Posting(AccountOf(row.Account), new Money(row.Fen), row.OfBank, row.ClaimId))];
    }

    /// <summary>
    /// Begins a deed that must be done once: the key's row is written in the deed's own transaction, so that a second press at the same
    /// moment waits for the first and then gets its answer.
    /// </summary>
    public static async Task<Press> PressAsync(this FundPoolDb db, int pool, string key, string action, string content, CancellationToken ct)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        if (await db.Database.ExecuteSqlAsync($"insert into ledger.once (pool_id, key, action, digest) values ({pool}, {key}, {action}, {digest}) on conflict do nothing", ct) == 1)
        {
            return new Press(true, 0, null);
        }

        long? answer = await db.Database.SqlQuery<long?>($"""
            select answer as "Value" from ledger.once where pool_id = {pool} and key = {key} and action = {action} and digest = {digest}
            """).FirstOrDefaultAsync(ct);
        return answer is { } known
            ? new Press(false, known, null)
            : new Press(false, 0, new Refusal(new Article("20(3)"), new Words("本次提交的凭证已用于另一项内容；请刷新页面，核对后重新提交", "This form was already sent with other content; reload the page, look, and send it again")));
    }

    /// <summary>Whether the key was used, which then tells what it led to.</summary>
    public static Task<bool> IsPressedAsync(this FundPoolDb db, int pool, string key, CancellationToken ct) =>
        db.Database.SqlQuery<bool>($"""select exists (select from ledger.once where pool_id = {pool} and key = {key}) as "Value" """).SingleAsync(ct);

    /// <summary>Keeps what the deed led to, for whoever presses again.</summary>
    public static Task AnswerPressAsync(this FundPoolDb db, int pool, string key, long answer, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"update ledger.once set answer = {answer} where pool_id = {pool} and key = {key}", ct);

    /// <summary>Whether a text can be the key of a form.</summary>
    public static bool IsKey(string? key) => key is { Length: >= 8 and <= 64 };

    internal static LedgerAccount AccountOf(string code) =>
        LedgerNames.Accounts.TryCode(code, out LedgerAccount account) ? account : throw new InvalidOperationException($"The stored account {code} is unknown.");
}
