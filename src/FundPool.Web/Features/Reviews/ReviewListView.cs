using System.Globalization;
using FundPool.Application.Reviews;
using FundPool.Domain.Compensation;
using FundPool.Web.Design;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FundPool.Web.Features.Reviews;

/// <summary>The inbox's state as it stands in the address; anything in it that means nothing narrows nothing.</summary>
public sealed class ReviewListQuery
{
    public string? Tray { get; set; }

    public int? Bank { get; set; }

    public string? State { get; set; }

    public int? Due { get; set; }

    public decimal? Min { get; set; }

    public decimal? Max { get; set; }

    public bool Mine { get; set; }

    public string? After { get; set; }

    internal int Page => int.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out int page) && page is > 1 and < 10_000 ? page : 1;

    internal ListReviews.Query For(ReviewTray otherwise) => new(
        Enum.TryParse(Tray, ignoreCase: true, out ReviewTray tray) && Enum.IsDefined(tray) ? tray : otherwise,
        Bank, ClaimStates.All.TryCode(State, out _) ? State : null, Due is 0 or 1 or 5 or 10 ? Due : null, Min, Max, Mine, Page);
}

/// <summary>The inbox with what its frame needs.</summary>
public sealed record ReviewListView(ReviewListQuery Query, ListReviews.Query Asked, ListReviews.Answer Answer, bool MayPropose, bool MayDecide)
{
    public string? Next => Answer.Found > Asked.Page * Asked.Size ? (Asked.Page + 1).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>Whether several may be taken at once here.</summary>
    public bool Selects => (Asked.Tray == ReviewTray.Officer && MayPropose) || (Asked.Tray == ReviewTray.Chief && MayDecide);

    public static string TrayName(IText text, ReviewTray tray) => tray switch
    {
        ReviewTray.Officer => text["待初审"],
        ReviewTray.Chief => text["待审定"],
        ReviewTray.Held => text["暂停中"],
        _ => text["退回补正中"],
    };

    public IEnumerable<SelectListItem> Banks() => Answer.Banks.Select(bank =>
        new SelectListItem(bank.Name, bank.Id.ToString(CultureInfo.InvariantCulture), bank.Id == Query.Bank));

    public IEnumerable<SelectListItem> States(IText text) => (Asked.Tray switch
    {
        ReviewTray.Officer => new[] { ClaimState.Submitted, ClaimState.ReReview, ClaimState.Objected },
        ReviewTray.Chief => [ClaimState.Proposed, ClaimState.ReProposed, ClaimState.ReExamined],
        ReviewTray.Returned => [ClaimState.Returned, ClaimState.Supplementing],
        _ => [],
    }).Select(state => new SelectListItem(text.Of(ClaimStates.All.Label(state)), ClaimStates.All.Code(state), ClaimStates.All.Code(state) == Query.State));

    public IEnumerable<SelectListItem> Bands(IText text) => new (int Days, string Label)[] { (0, text["已逾期"]), (1, text["1 天内到期"]), (5, text["5 天内到期"]), (10, text["10 天内到期"]) }
        .Select(band => new SelectListItem(band.Label, band.Days.ToString(CultureInfo.InvariantCulture), band.Days == Query.Due));

    public List<FilterChip> Chips(IText text, HttpRequest request)
    {
        List<FilterChip> chips = [];
        void Add(string label, string? value, string name)
        {
            if (!string.IsNullOrEmpty(value))
            {
                chips.Add(new FilterChip(label, value, Design.Query.Without(request, name)));
            }
        }

        Add(text["加盟银行"], Answer.Banks.Where(b => b.Id == Query.Bank).Select(b => b.Name).FirstOrDefault(), "bank");
        Add(text["状态"], States(text).FirstOrDefault(s => s.Selected)?.Text, "state");
        Add(text["期限"], Bands(text).FirstOrDefault(b => b.Selected)?.Text, "due");
        Add(text["金额不低于"], Query.Min?.ToString("#,##0.00", CultureInfo.InvariantCulture), "min");
        Add(text["金额不高于"], Query.Max?.ToString("#,##0.00", CultureInfo.InvariantCulture), "max");
        Add(text["仅看"], Query.Mine ? text["我经手的"] : null, "mine");
        return chips;
    }
}
