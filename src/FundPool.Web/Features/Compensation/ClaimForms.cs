using System.Globalization;
using FundPool.Application.Compensation;
using FundPool.Domain.Compensation;

namespace FundPool.Web.Features.Compensation;

/// <summary>A claim as a clerk types it. Everything is text: the reader of the claim file reads it, and what was typed comes back as it was typed.</summary>
public sealed class ClaimForm
{
    public string? RiskClass { get; set; }

    public string? NplDate { get; set; }

    public string? CreditReportOn { get; set; }

    public string? OutstandingPrincipal { get; set; }

    public string? NplPrincipal { get; set; }

    public string? Statement { get; set; }

    /// <summary>To each deficiency by its id.</summary>
    public Dictionary<long, string?> Answers { get; set; } = [];

    /// <summary>The claim as this form showed it.</summary>
    public int Version { get; set; }

    /// <summary>The window in which it is typed: what another window of the same person kept is not written over unseen.</summary>
    public string? Window { get; set; }

    /// <summary>In the order of <see cref="ClaimFields.All"/>.</summary>
    public IReadOnlyList<string?> Cells() => [null, RiskClass, NplDate, CreditReportOn, OutstandingPrincipal, NplPrincipal, Statement];

    public static ClaimForm Of(ShowClaim.Answer shown)
    {
        string?[] cells = ClaimContent.CellsOf(shown.Claim, shown.Loan.NoteNo);
        return new ClaimForm
        {
            RiskClass = cells[(int)ClaimColumn.RiskClass],
            NplDate = cells[(int)ClaimColumn.NplDate],
            CreditReportOn = cells[(int)ClaimColumn.CreditReportOn],
            OutstandingPrincipal = cells[(int)ClaimColumn.OutstandingPrincipal],
            NplPrincipal = cells[(int)ClaimColumn.NplPrincipal],
            Statement = cells[(int)ClaimColumn.Statement],
            Answers = shown.Told.ToDictionary(deficiency => deficiency.Id, deficiency => deficiency.Answer),
            Version = shown.Claim.RowVersion,
        };
    }
}

/// <summary>What stands round the form: the claim, the ruling so far, the draft it goes on with.</summary>
public sealed record ClaimFormView(ShowClaim.Answer Shown, RuleClaim.Answer Ruling)
{
    public DateTime? DraftSavedAt { get; init; }

    public int DraftVersion { get; init; }

    public string Here => string.Create(CultureInfo.InvariantCulture, $"/claims/{Shown.Claim.BankId}/{Shown.Claim.Id}");

    public string DraftKey => Shown.Claim.Id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A word of a person on a claim: why it goes back, is withdrawn, is looked at again, or what the checker found.</summary>
public sealed class OpinionForm
{
    public string? Opinion { get; set; }

    public string? Reason { get; set; }

    public int? Version { get; set; }
}

/// <summary>What came of one of many.</summary>
public sealed record SubmittedLine(string Number, long Id, string? WhyNot);
