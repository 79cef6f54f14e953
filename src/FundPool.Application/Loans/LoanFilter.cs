using System.Globalization;
using System.Text;
using Npgsql;

namespace FundPool.Application.Loans;

/// <summary>
/// What a list of loans is narrowed to; the same record lies behind the page, its totals, the export and a saved view.
/// Amounts are fen, quarters year × 10 + quarter. Null: not narrowed.
/// </summary>
public sealed record LoanFilter
{
    public int? Bank { get; init; }
    public int? Quarter { get; init; }
    public string? RiskClass { get; init; }
    public bool NplOnly { get; init; }
    public string? Library { get; init; }
    public string? BorrowerKind { get; init; }
    public string? Branch { get; init; }
    public long? PrincipalFrom { get; init; }
    public long? PrincipalTo { get; init; }
    public bool Warned { get; init; }
    public long? Batch { get; init; }
    public LoanDue Due { get; init; }
    public string? Search { get; init; }

    /// <summary>Whether the sums by quarter, library and class answer the totals of this filter exactly.</summary>
    public bool IsOfSummary => BorrowerKind is null && Branch is null && PrincipalFrom is null && PrincipalTo is null && !Warned && Batch is null
        && Due == LoanDue.Any && string.IsNullOrWhiteSpace(Search);
}

/// <summary>Loans on which a deadline presses.</summary>
public enum LoanDue
{
    Any,

    /// <summary>Non-performing and the three months for a claim end within ten days (a.19(2)).</summary>
    Claim,

    /// <summary>Matured and the three months for closing end within ten days (a.19(8)).</summary>
    Closure,
}

/// <summary>How a list is ordered; each order is an index of the bank's loans, so that any page costs the same.</summary>
public enum LoanOrder
{
    Newest,
    Oldest,
    Largest,
    Smallest,
    MaturesFirst,
    MaturesLast,
}

/// <summary>A WHERE clause in the making: conditions with their parameters, never a value inside the text.</summary>
internal sealed class Conditions
{
    private readonly StringBuilder text = new("true");

    public List<NpgsqlParameter> Parameters { get; } = [];

    public void Add<T>(string condition, T value)
    {
        Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        text.Append(" and ").Append(condition.Replace("?", "$" + Parameters.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    public void Add<T>(string condition, T first, T second)
    {
        Parameters.Add(new NpgsqlParameter<T> { TypedValue = first });
        Parameters.Add(new NpgsqlParameter<T> { TypedValue = second });
        text.Append(" and ").Append(condition
            .Replace("?1", "$" + (Parameters.Count - 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("?2", "$" + Parameters.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    public void Add(string condition) => text.Append(" and ").Append(condition);

    public override string ToString() => text.ToString();
}

internal static class LoanConditions
{
    /// <summary>The filter as SQL over loan.loan. The tenant stands in it explicitly, beside the policies (practices: both are needed).</summary>
    public static Conditions Of(LoanFilter filter, int pool, int? ownBank, (DateOnly From, DateOnly To)? dueEvents)
    {
        Conditions where = new();
        where.Add("pool_id = ?", pool);
        if ((ownBank ?? filter.Bank) is { } bank)
        {
            where.Add("bank_id = ?", bank);
        }

        if (filter.Quarter is { } quarter && FirstDay(quarter) is { } first)
        {
            // By date, not by the stored quarter, so that the date's index serves it.
            where.Add("loan_date between ?1 and ?2", first, first.AddMonths(3).AddDays(-1));
        }

        Add(where, "risk_class = ?", filter.RiskClass);
        Add(where, "library = ?", filter.Library);
        Add(where, "borrower_kind = ?", filter.BorrowerKind);
        // strpos, not LIKE: what is typed is looked for as it stands.
        Add(where, "strpos(branch, ?) > 0", filter.Branch?.Trim());
        if (filter.NplOnly)
        {
            where.Add("npl_since is not null and library not in ('closed', 'struck_out')");
        }

        if (filter.PrincipalFrom is { } least)
        {
            where.Add("principal_fen >= ?", least);
        }

        if (filter.PrincipalTo is { } most)
        {
            where.Add("principal_fen <= ?", most);
        }

        if (filter.Warned)
        {
            where.Add("cardinality(warnings) > 0");
        }

        if (filter.Batch is { } batch)
        {
            where.Add("batch_id = ?", batch);
        }

        if (filter.Due != LoanDue.Any && dueEvents is { } events)
        {
            where.Add(filter.Due == LoanDue.Claim
                ? "npl_since between ?1 and ?2 and library = 'loan'"
                : "maturity_date between ?1 and ?2 and npl_since is null and library = 'loan'", events.From, events.To);
        }

        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            string term = filter.Search.Trim();
            where.Add("(bank_id, id) in (select s.bank_id, s.id from loan.search(?1, ?2, 1000) s)".Replace("?2", "string_to_array(?2, chr(31))", StringComparison.Ordinal),
                term, string.Join('\u001f', SearchGrams.For(term)));
        }

        return where;
    }

    /// <summary>The first day of a quarter written year × 10 + quarter; null for anything else.</summary>
    public static DateOnly? FirstDay(int quarter)
    {
        int year = quarter / 10;
        int number = quarter % 10;
        return year is >= 2000 and <= 2100 && number is >= 1 and <= 4 ? new DateOnly(year, (number * 3) - 2, 1) : null;
    }

    private static void Add(Conditions where, string condition, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            where.Add(condition, value);
        }
    }
}
