using FundPool.Application.Compensation;
using FundPool.Application.Reviews;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Web.Features.Reviews;

/// <summary>What an officer types into a review: a mark for each step, the conclusion with what it needs, the opinion.</summary>
public sealed class ReviewForm
{
    public int Version { get; set; }

    public string? Proposal { get; set; }

    public string? Opinion { get; set; }

    public List<MarkField> Marks { get; set; } = [];

    public List<DeductionField> Deductions { get; set; } = [];

    public List<GroundField> Grounds { get; set; } = [];

    public List<LackField> Lacks { get; set; } = [];

    public decimal? FoundPrincipal { get; set; }

    public decimal? FoundBalance { get; set; }

    public bool NoQualification { get; set; }

    public bool NoFeature { get; set; }

    internal FoundFacts Found => new()
    {
        OutstandingPrincipal = FenOf(FoundPrincipal) is { } principal and > 0 ? new Money(principal) : null,
        TotalBalance = FenOf(FoundBalance) is { } balance and > 0 ? new Money(balance) : null,
        NoQualification = NoQualification,
        NoFeature = NoFeature,
    };

    internal Mark[] MarkList => [.. Marks.Where(m => m.Verdict is "confirmed" or "doubted").Select(m => new Mark(m.Code ?? "", m.Verdict!, Blank(m.Note)))];

    /// <summary>The form with a line for each step, deduction, ground and material, what was typed kept.</summary>
    internal ReviewForm Completed(ReviewDesk desk)
    {
        Rulebook rulebook = desk.At.Rulebooks.Home;
        Marks = [.. desk.Ruling.Steps.Select(step => Marks.Find(m => m.Code == step.Code) ?? new MarkField { Code = step.Code })];
        Deductions = [.. rulebook.Deductions.Select(rule => Deductions.Find(d => d.Code == rule.Code) ?? new DeductionField { Code = rule.Code })];
        Grounds = [.. rulebook.Conditions.Select(condition => Grounds.Find(g => g.Code == condition.Code)
            ?? new GroundField { Code = condition.Code, Chosen = desk.Ruling.Failed.Contains(condition.Code), Note = null })];
        string?[] materials = [.. rulebook.Materials.Where(rule => !rule.ForPayment).Select(rule => (string?)rule.Code), null, null];
        List<LackField> general = Lacks.FindAll(lack => string.IsNullOrEmpty(lack.Material));
        int next = 0;
        Lacks = [.. materials.Select(code => code is null
            ? (next < general.Count ? general[next++] : new LackField())
            : Lacks.Find(lack => lack.Material == code) ?? new LackField { Material = code })];
        return this;
    }

    internal Deducted[] DeductionList =>
        [.. Deductions.Where(d => d.Amount is not null || Blank(d.Reason) is not null).Select(d => new Deducted(d.Code ?? "", FenOf(d.Amount) ?? 0, Blank(d.Reason) ?? ""))];

    internal Lack[] LackList =>
        [.. Lacks.Where(l => Blank(l.Code) is not null || Blank(l.Note) is not null).Select(l => new Lack(l.Code ?? "", Blank(l.Material), Blank(l.Note) ?? ""))];

    internal Ground[] GroundsBy(Rulebook rulebook) =>
        [.. Grounds.Where(g => g.Chosen).Select(g => new Ground(rulebook.ConditionOf(g.Code ?? "")?.Article.Code ?? "", g.Code ?? "", Blank(g.Note)))];

    /// <summary>Where the page has the field that a lower layer names.</summary>
    internal string FieldOf(string field)
    {
        string[] parts = field.Split('.');
        int i = parts.Length == 3 && parts[0] == "deductions" ? Deductions.FindIndex(d => d.Code == parts[1]) : -1;
        return i < 0 ? field : $"Deductions[{i}].{(parts[2] == "amount" ? nameof(DeductionField.Amount) : nameof(DeductionField.Reason))}";
    }

    // More than two decimals is no amount; it is refused at its field.
    private static long? FenOf(decimal? yuan) =>
        yuan is > -1_000_000_000_000m and < 1_000_000_000_000m && yuan * 100 == decimal.Truncate(yuan.Value * 100) ? (long)(yuan.Value * 100) : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

public sealed class MarkField
{
    public string? Code { get; set; }

    public string? Verdict { get; set; }

    public string? Note { get; set; }
}

public sealed class DeductionField
{
    public string? Code { get; set; }

    public decimal? Amount { get; set; }

    public string? Reason { get; set; }
}

public sealed class GroundField
{
    public string? Code { get; set; }

    public bool Chosen { get; set; }

    public string? Note { get; set; }
}

public sealed class LackField
{
    public string? Material { get; set; }

    public string? Code { get; set; }

    public string? Note { get; set; }
}

public sealed class ConsentForm
{
    public long Review { get; set; }

    public bool Consent { get; set; }

    public string? ChiefOpinion { get; set; }
}

public sealed class ManyForm
{
    /// <summary>Each as <c>bank/claim</c>.</summary>
    public List<string> Claims { get; set; } = [];

    public string? Opinion { get; set; }

    internal List<ClaimRef> Refs
    {
        get
        {
            List<ClaimRef> refs = [];
            foreach (string text in Claims)
            {
                string[] parts = text.Split('/');
                if (parts.Length == 2 && int.TryParse(parts[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int bank)
                    && long.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long claim))
                {
                    refs.Add(new ClaimRef(bank, claim));
                }
            }

            return refs;
        }
    }
}
