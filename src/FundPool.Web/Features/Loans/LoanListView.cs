using System.Globalization;
using FundPool.Application.Loans;
using FundPool.Domain.Loans;
using FundPool.Web.Design;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FundPool.Web.Features.Loans;

/// <summary>The list's state as it stands in the address; anything in it that means nothing narrows nothing.</summary>
public sealed class LoanListQuery
{
    public const string DefaultSort = "-loan_date";

    public string? Q { get; set; }

    public int? Quarter { get; set; }

    public string? RiskClass { get; set; }

    public string? Library { get; set; }

    public string? Kind { get; set; }

    public int? Bank { get; set; }

    public string? Branch { get; set; }

    public decimal? Min { get; set; }

    public decimal? Max { get; set; }

    public string? Due { get; set; }

    public bool NplOnly { get; set; }

    public bool Warned { get; set; }

    public long? Batch { get; set; }

    public string? Sort { get; set; }

    public string? After { get; set; }

    public string? Before { get; set; }

    public bool AsksForMore => Branch is not null || Min is not null || Max is not null || Due is not null || NplOnly || Warned;

    public LoanFilter Filter => new()
    {
        Bank = Bank,
        Quarter = Quarter,
        RiskClass = LoanCodes.RiskClasses.TryCode(RiskClass, out _) ? RiskClass : null,
        NplOnly = NplOnly,
        Library = Libraries.Contains(Library) ? Library : null,
        BorrowerKind = LoanCodes.BorrowerKinds.TryCode(Kind, out _) ? Kind : null,
        Branch = Blank(Branch),
        PrincipalFrom = Fen(Min),
        PrincipalTo = Fen(Max),
        Warned = Warned,
        Batch = Batch,
        Due = Due switch { "claim" => LoanDue.Claim, "closure" => LoanDue.Closure, _ => LoanDue.Any },
        Search = Blank(Q),
    };

    public LoanOrder Order => Sort switch
    {
        "loan_date" => LoanOrder.Oldest,
        "principal" => LoanOrder.Smallest,
        "-principal" => LoanOrder.Largest,
        "maturity" => LoanOrder.MaturesFirst,
        "-maturity" => LoanOrder.MaturesLast,
        _ => LoanOrder.Newest,
    };

    internal static readonly string[] Libraries = ["loan", "compensation", "settlement", "closed", "struck_out"];

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static long? Fen(decimal? yuan) => yuan is >= 0 and < 10_000_000_000_000m ? (long)(yuan * 100m) : null;
}

/// <summary>A page of the list with what its frame needs.</summary>
public sealed record LoanListView(LoanListQuery Query, ListLoans.Page Page, DateOnly Today)
{
    public bool ManyBanks => Page.Banks.Count > 0;

    /// <summary>Columns to choose from; whoever sees many banks starts with fewer, so that the bank has room.</summary>
    public static ColumnChoice[] Columns(IText text, bool manyBanks) =>
    [
        new("contract", text["合同编号"], Off: true), new("code", text["证件号码"]), new("kind", text["借款人类型"], Off: true), new("branch", text["经办机构"], manyBanks),
        new("rate", text["年利率"], manyBanks), new("share", text["预计补偿比例"]), new("maturity", text["到期日期"]), new("registered", text["入库日期"], Off: true),
    ];

    /// <summary>Quarters from now back to the first that the rule knows.</summary>
    public IEnumerable<SelectListItem> Quarters(IText text)
    {
        for (DateOnly day = new(Today.Year, (((Today.Month - 1) / 3) * 3) + 1, 1); day.Year >= 2023; day = day.AddMonths(-3))
        {
            int quarter = (day.Year * 10) + ((day.Month - 1) / 3) + 1;
            yield return new SelectListItem(text.Quarter(quarter), quarter.ToString(CultureInfo.InvariantCulture), quarter == Query.Quarter);
        }
    }

    public IEnumerable<SelectListItem> Banks() => Page.Banks.Select(bank =>
        new SelectListItem(bank.Value, bank.Key.ToString(CultureInfo.InvariantCulture), bank.Key == Query.Bank));

    public static IEnumerable<SelectListItem> Libraries(IText text, string? chosen) =>
        LoanListQuery.Libraries.Select(code => new SelectListItem(text.Of(LoanLabels.Library(code)), code, code == chosen));

    public static IEnumerable<SelectListItem> Deadlines(IText text, string? chosen) =>
    [
        new(text["补偿申请 10 天内到期"], "claim", chosen == "claim"), new(text["结项 10 天内到期"], "closure", chosen == "closure"),
    ];

    public static SelectListItem[] Only(string label, bool chosen) => [new(label, "true", chosen)];

    /// <summary>What the list is narrowed to, each with the address without it.</summary>
    public static IReadOnlyList<FilterChip> Chips(IText text, LoanListQuery query, IReadOnlyDictionary<int, string> banks, HttpRequest request)
    {
        LoanFilter filter = query.Filter;
        List<FilterChip> chips = [];
        void Add(string name, string label, string? value)
        {
            if (value is not null)
            {
                chips.Add(new FilterChip(label, value, Design.Query.Without(request, name)));
            }
        }

        Add("q", text["查找"], filter.Search);
        Add("quarter", text["季度"], filter.Quarter is { } quarter ? text.Quarter(quarter) : null);
        Add("riskClass", text["五级分类"], filter.RiskClass is { } risk ? text.Of(LoanCodes.RiskClasses, risk) : null);
        Add("library", text["所在库"], filter.Library is { } library ? text.Of(LoanLabels.Library(library)) : null);
        Add("kind", text["借款人类型"], filter.BorrowerKind is { } kind ? text.Of(LoanCodes.BorrowerKinds, kind) : null);
        Add("bank", text["加盟银行"], filter.Bank is { } bank ? banks.GetValueOrDefault(bank) ?? bank.ToString(CultureInfo.InvariantCulture) : null);
        Add("branch", text["经办机构"], filter.Branch);
        Add("min", text["金额不低于"], query.Min?.ToString("#,##0.##", CultureInfo.InvariantCulture));
        Add("max", text["金额不高于"], query.Max?.ToString("#,##0.##", CultureInfo.InvariantCulture));
        Add("due", text["期限"], Deadlines(text, null).FirstOrDefault(item => item.Value == query.Due)?.Text);
        Add("nplOnly", text["仅看"], filter.NplOnly ? text["不良贷款"] : null);
        Add("warned", text["仅看"], filter.Warned ? text["有提醒事项"] : null);
        Add("batch", text["导入批次"], filter.Batch?.ToString(CultureInfo.InvariantCulture));
        return [.. chips.Select(chip => chip with { RemoveHref = WithoutPage(chip.RemoveHref) })];
    }

    // A narrower or wider list begins at its beginning.
    private static string WithoutPage(string href)
    {
        int mark = href.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0)
        {
            return href;
        }

        string[] left = [.. href[(mark + 1)..].Split('&').Where(pair => !pair.StartsWith("after=", StringComparison.Ordinal) && !pair.StartsWith("before=", StringComparison.Ordinal))];
        return left.Length == 0 ? href[..mark] : $"{href[..mark]}?{string.Join('&', left)}";
    }
}
