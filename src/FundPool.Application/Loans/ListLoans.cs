using System.Collections.ObjectModel;
using System.Globalization;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Domain.Calendar;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FundPool.Application.Loans;

/// <summary>A page of the loan library, with the totals of everything that the filter holds.</summary>
public static class ListLoans
{
    /// <summary>Above this many loans a total that no sum answers is not counted out.</summary>
    public const int CountedUpTo = 100_000;

    [Requires(Permission.ReadLoans)]
    /// <param name="After">The cursor to go on from; <paramref name="Before"/> the one to go back from.</param>
    public sealed record Query(LoanFilter Filter, LoanOrder Order = LoanOrder.Newest, string? After = null, string? Before = null, int Size = 50, bool WithTotals = true)
        : IRequest<Page>;

    /// <param name="Next">The cursor of the next page; null on the last.</param>
    /// <param name="Previous">The cursor of the page before; null on the first.</param>
    /// <param name="Total">How many loans the filter holds; null where there are more than <see cref="CountedUpTo"/>.</param>
    /// <param name="Banks">The pool's banks by id, for who sees several; empty for a bank.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, string? Next, string? Previous, long? Total, long? TotalPrincipalFen, IReadOnlyDictionary<int, string> Banks);

    /// <param name="ClaimBy">The last day for a claim (a.19(2)); null unless it is non-performing in the loan library.</param>
    public sealed record Row(int BankId, long Id, string NoteNo, string ContractNo, string BorrowerName, string BorrowerIdShown, string BorrowerKind,
        DateOnly LoanDate, DateOnly MaturityDate, long PrincipalFen, decimal AnnualRate, int ExpectedShareBp, string RiskClass, DateOnly? NplSince,
        string Library, DateOnly RegisteredOn, string? Branch, bool Warned, Deadline? ClaimBy = null);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Page>
    {
        public async Task<Page> Handle(Query query, CancellationToken cancellationToken)
        {
            LoanFilter filter = query.Filter;
            (DateOnly, DateOnly)? events = await rules.EventsDueSoonAsync(db, filter.Due, cancellationToken);
            Conditions where = LoanConditions.Of(filter, actor.Pool(), actor.Acting.Bank, events);
            (long? total, long? principal) = query.WithTotals ? await TotalsAsync(filter, where, cancellationToken) : (null, null);

            IReadOnlyDictionary<int, string> banks = await BanksAsync(cancellationToken);
            (string column, string type, bool descending) = ColumnOf(query.Order);
            (string Value, long Id)? after = Cursor.Read(query.After, query.Order);
            (string Value, long Id)? before = after is null ? Cursor.Read(query.Before, query.Order) : null;
            string cursor = "";
            if ((after ?? before) is { } at)
            {
                where.Parameters.Add(new NpgsqlParameter<string> { TypedValue = at.Value });
                where.Parameters.Add(new NpgsqlParameter<long> { TypedValue = at.Id });
                cursor = $" and ({column}, id) {(descending == after is not null ? '<' : '>')} (${where.Parameters.Count - 1}::text::{type}, ${where.Parameters.Count})";
            }

            // A page back is the same list read the other way, and turned round.
            string direction = descending == before is null ? "desc" : "asc";
            List<Row> rows = await ReadAsync(where, $"{where}{cursor} order by {column} {direction}, id {direction} limit {query.Size + 1}", cancellationToken);
            bool more = rows.Count > query.Size;
            if (more)
            {
                rows.RemoveAt(query.Size);
            }

            if (before is not null)
            {
                rows.Reverse();
            }

            bool isFirst = before is null ? after is null : !more;
            bool isLast = before is null && !more;
            await AddDeadlinesAsync(rows, cancellationToken);
            return new Page(
                rows,
                isLast || rows.Count == 0 ? null : Cursor.Write(rows[^1], query.Order),
                isFirst || rows.Count == 0 ? null : Cursor.Write(rows[0], query.Order),
                total,
                principal,
                banks);
        }

        private async Task<List<Row>> ReadAsync(Conditions where, string rest, CancellationToken ct)
        {
            await using NpgsqlCommand select = new($"""
                select bank_id, id, note_no, contract_no, borrower_name, borrower_id_shown, borrower_kind, loan_date, maturity_date, principal_fen,
                       annual_rate, expected_share_bp, risk_class, npl_since, library, registered_on, branch, cardinality(warnings) > 0
                from loan.loan where {rest}
                """, db.Connection);
            foreach (NpgsqlParameter parameter in where.Parameters)
            {
                select.Parameters.Add(parameter.Clone());
            }

            List<Row> rows = [];
            await using NpgsqlDataReader reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                rows.Add(Read(reader));
            }

            return rows;
        }

        private async Task<IReadOnlyDictionary<int, string>> BanksAsync(CancellationToken ct)
        {
            if (actor.Acting.Bank is not null)
            {
                return ReadOnlyDictionary<int, string>.Empty;
            }

            int pool = actor.Pool();
            return await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Kind == "bank").OrderBy(o => o.Code)
                .ToDictionaryAsync(o => o.Id, o => o.Name, ct);
        }

        // The rules are asked for only where a row needs them.
        private async Task AddDeadlinesAsync(List<Row> rows, CancellationToken ct)
        {
            Func<DateOnly, Deadline>? claim = null;
            for (int i = 0; i < rows.Count; i++)
            {
                if (rows[i] is { NplSince: { } since, Library: "loan" } row)
                {
                    claim ??= (await rules.InAsync(db, ct)).Deadlines.Of("claim");
                    rows[i] = row with { ClaimBy = claim(since) };
                }
            }
        }

        private async Task<(long?, long?)> TotalsAsync(LoanFilter filter, Conditions where, CancellationToken ct)
        {
            Conditions conditions = where;
            string sql = $"select count(*), coalesce(sum(principal_fen), 0)::bigint from (select principal_fen from loan.loan where {where} limit {CountedUpTo + 1}) counted";
            if (filter.IsOfSummary)
            {
                conditions = new Conditions();
                conditions.Add("pool_id = ?", actor.Pool());
                if ((actor.Acting.Bank ?? filter.Bank) is { } bank)
                {
                    conditions.Add("bank_id = ?", bank);
                }

                if (filter.Quarter is { } quarter)
                {
                    conditions.Add("quarter = ?", quarter);
                }

                if (filter.RiskClass is { Length: > 0 } risk)
                {
                    conditions.Add("risk_class = ?", risk);
                }

                if (filter.Library is { Length: > 0 } library)
                {
                    conditions.Add("library = ?", library);
                }

                if (filter.NplOnly)
                {
                    conditions.Add("risk_class in ('substandard', 'doubtful', 'loss') and library not in ('closed', 'struck_out')");
                }

                sql = $"select coalesce(sum(loans), 0)::bigint, coalesce(sum(principal_fen), 0)::bigint from loan.summary where {conditions}";
            }

            await using NpgsqlCommand count = new(sql, db.Connection);
            foreach (NpgsqlParameter parameter in conditions.Parameters)
            {
                count.Parameters.Add(parameter.Clone());
            }

            await using NpgsqlDataReader reader = await count.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            long loans = reader.GetInt64(0);
            return !filter.IsOfSummary && loans > CountedUpTo ? (null, null) : (loans, reader.GetInt64(1));
        }

        private Row Read(NpgsqlDataReader r) => new(r.GetInt32(0), r.GetInt64(1), r.GetString(2), r.GetString(3),
            Masking.Name(actor, r.GetInt32(0), r.GetString(6), r.GetString(4)), r.GetString(5), r.GetString(6), r.GetFieldValue<DateOnly>(7), r.GetFieldValue<DateOnly>(8), r.GetInt64(9), r.GetDecimal(10), r.GetInt32(11), r.GetString(12),
            r.IsDBNull(13) ? null : r.GetFieldValue<DateOnly>(13), r.GetString(14), r.GetFieldValue<DateOnly>(15), r.IsDBNull(16) ? null : r.GetString(16), r.GetBoolean(17));
    }

    internal static (string Column, string Type, bool Descending) ColumnOf(LoanOrder order) => order switch
    {
        LoanOrder.Newest => ("loan_date", "date", true),
        LoanOrder.Oldest => ("loan_date", "date", false),
        LoanOrder.Largest => ("principal_fen", "bigint", true),
        LoanOrder.Smallest => ("principal_fen", "bigint", false),
        LoanOrder.MaturesFirst => ("maturity_date", "date", false),
        LoanOrder.MaturesLast => ("maturity_date", "date", true),
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    /// <summary>Where a page ended: the ordered column's value and the id, as <c>newest_2025-03-31_4711</c>. Anything else, another order's too, starts from the beginning.</summary>
    private static class Cursor
    {
        public static (string Value, long Id)? Read(string? text, LoanOrder order)
        {
            string[] parts = text?.Split('_') ?? [];
            bool amount = order is LoanOrder.Largest or LoanOrder.Smallest;
            return parts.Length == 3 && parts[0] == NameOf(order) && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long id)
                && (amount
                    ? long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)
                    : DateOnly.TryParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                ? (parts[1], id)
                : null;
        }

        public static string Write(Row last, LoanOrder order) => string.Create(CultureInfo.InvariantCulture, $"{NameOf(order)}_{order switch
        {
            LoanOrder.Largest or LoanOrder.Smallest => last.PrincipalFen.ToString(CultureInfo.InvariantCulture),
            LoanOrder.MaturesFirst or LoanOrder.MaturesLast => last.MaturityDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => last.LoanDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }}_{last.Id}");

        private static string NameOf(LoanOrder order) => order.ToString().ToLowerInvariant();
    }
}
