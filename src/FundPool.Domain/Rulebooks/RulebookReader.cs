using System.Text.Json;
using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Suspension;

namespace FundPool.Domain.Rulebooks;

/// <summary>Reads a rulebook from its JSON and refuses one that is misspelt or lacks a figure.</summary>
public static class RulebookReader
{
    /// <summary>Reads a rulebook from JSON text, as the authority edits it.</summary>
    /// <exception cref="FormatException">With the path of what is wrong.</exception>
    public static Rulebook Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    internal static Rulebook Read(JsonElement root) => JsonPart.Read(root, "rulebook", part => new Rulebook(new RulebookParts
    {
        Code = part.Text("code"),
        Pool = part.Text("pool"),
        Name = part.Words("name"),
        Source = part.Text("source"),
        IsComplete = part.Flag("complete"),
        InForce = part.Has("in_force") ? part.Part("in_force", days => { days.Article(); return Days(days); }) : null,
        LoanDatePointers = Pointers(part, "loan_date"),
        NplDatePointers = Pointers(part, "npl_date"),
        Conditions = part.Parts("conditions", ConditionReader.Read),
        Scale = part.Has("share") ? part.Part("share", Scale) : null,
        Suspension = part.Has("suspension") ? part.Part("suspension", Suspension) : null,
        Deadlines = part.Parts("deadlines", Deadline),
        Recovery = part.Has("recovery") ? part.Part("recovery", Recovery) : null,
        Evaluation = part.Has("evaluation") ? part.Part("evaluation", Evaluation) : null,
        Materials = part.Parts("materials", Material),
        Deficiencies = part.Parts("deficiencies", one => new DeficiencyRule(one.Text("code"), one.Article(), one.Words("name"))),
        Deductions = part.Parts("deductions", one => new DeductionRule(one.Text("code"), one.Article(), one.Words("name"))),
        Papers = part.Has("papers") ? part.Part("papers", Papers) : null,
        Incomplete = part.TemplateOrNone("incomplete"),
    }));

    private static PapersRule Papers(JsonPart part) => new()
    {
        Office = part.Words("office"),
        NoticeSeries = part.Text("notice_series"),
        PlanSeries = part.Text("plan_series"),
        NoticeTitle = part.Text("notice_title"),
        NoticeBasis = part.Text("notice_basis"),
        Consult = part.Text("consult"),
        Object = part.Text("object"),
        PlanTitle = part.Text("plan_title"),
        PlanBasis = part.Text("plan_basis"),
        PlanTo = part.Text("plan_to"),
    };

    private static DateRange Days(JsonPart part) => new(part.Day("from"), part.Day("to"));

    private static RulebookPointer[] Pointers(JsonPart part, string date) => !part.Has("pointers") ? [] : part.Part("pointers", pointers =>
    {
        pointers.Article();
        RulebookPointer[] loan = pointers.Parts("loan_date", one => new RulebookPointer(Days(one), one.Text("rulebook")));
        RulebookPointer[] npl = pointers.Parts("npl_date", one => new RulebookPointer(Days(one), one.Text("rulebook")));
        return date == "loan_date" ? loan : npl;
    });

    private static ShareScale Scale(JsonPart part)
    {
        Article overrideArticle = part.Part("override", rule => rule.Article());
        string otherMoney = part.Text("other_money");
        if (otherMoney is not ("exclusive" or "stack" or "top_up"))
        {
            throw part.Wrong("other_money", "is exclusive, stack or top_up");
        }

        ShareAddition[] additions = part.Parts("additions", Addition);
        ShareCap[] caps = part.Parts("caps", Cap);
        LossBasis loss = part.Part("amount", Loss);
        return part.Part("steps", steps => new ShareScale(
            steps.Text("code"),
            steps.Article(),
            steps.Text("measure") switch
            {
                "total_balance" => StepMeasure.TotalBalance,
                "principal" => StepMeasure.Principal,
                _ => throw steps.Wrong("measure", "is total_balance or principal"),
            },
            steps.Parts("rows", row => new ShareStep(row.Money("up_to"), row.Share("share"), row.Article())),
            additions,
            caps,
            loss,
            steps.Template("met"),
            steps.Template("not_met"))
        {
            OverrideArticle = overrideArticle,
            OtherMoney = otherMoney,
        });
    }

    private static ShareAddition Addition(JsonPart part) => new()
    {
        Code = part.Text("code"),
        Article = part.Article(),
        Share = part.Share("share"),
        AnyQualification = ConditionReader.Flags(part, "any_qualification", LoanCodes.Qualifications).Aggregate(Qualifications.None, (all, one) => all | one),
        AnyFeature = ConditionReader.Flags(part, "any_feature", LoanCodes.Features).Aggregate(Features.None, (all, one) => all | one),
        AnySecurity = ConditionReader.Flags(part, "any_security", LoanCodes.Securities).Aggregate(Securities.None, (all, one) => all | one),
        PureCredit = part.Flag("pure_credit"),
        Met = part.Template("met"),
        NotMet = part.Template("not_met"),
    };

    private static ShareCap Cap(JsonPart part) => new()
    {
        Code = part.Text("code"),
        Article = part.Article(),
        Share = part.Has("share") ? part.Share("share") : null,
        Amount = part.Has("amount") ? part.Money("amount") : null,
        Met = part.Template("met"),
        NotMet = part.Template("not_met"),
    };

    private static LossBasis Loss(JsonPart part)
    {
        if (part.Text("rounding") != "half_up")
        {
            throw part.Wrong("rounding", "is half_up");
        }

        return new LossBasis
        {
            Code = part.Text("code"),
            Article = part.Article(),
            Basis = part.Text("basis"),
            LimitedBy = part.TextOrNone("limited_by"),
            Met = part.Template("met"),
            NotMet = part.Template("not_met"),
            Unknown = part.Template("unknown"),
        };
    }

    private static SuspensionRule Suspension(JsonPart part) => new()
    {
        Article = part.Article(),
        Measure = part.Text("measure"),
        Window = part.Text("window"),
        Stop = part.Part("stop", Threshold),
        Resume = part.Part("resume", Threshold),
        Warn = part.Part("warn", Threshold),
        Stops = part.Texts("stops"),
        GoesOn = part.Texts("goes_on"),
    };

    private static Threshold Threshold(JsonPart part) => new(
        part.Text("operator") switch
        {
            ">" => Comparison.Above,
            ">=" => Comparison.AtLeast,
            "<=" => Comparison.AtMost,
            "<" => Comparison.Below,
            _ => throw part.Wrong("operator", "is >, >=, <= or <"),
        },
        part.Share("share"));

    private static DeadlineRule Deadline(JsonPart part) => new()
    {
        Code = part.Text("code"),
        Article = part.Article(),
        Who = part.Text("who"),
        Name = part.Words("name"),
        From = part.Words("from"),
        Missed = part.Words("missed"),
        Tells = [.. part.Texts("tell").Select(who => who is "authority" or "head_office" ? who : throw part.Wrong("tell", "is authority or head_office"))],
        Counting = part.Text("counting") switch
        {
            "working_days" => Counting.WorkingDays,
            "calendar_days" => Counting.CalendarDays,
            "months" => Counting.Months,
            "working_day_of_next_quarter" => Counting.WorkingDayOfNextQuarter,
            "end_of_next_february" => Counting.EndOfNextFebruary,
            _ => throw part.Wrong("counting", "is nothing that deadlines count in"),
        },
        Length = part.Number("length"),
        CountsEventDay = part.Flag("counts_event_day"),
        Moves = part.FlagOr("moves", true),
        IsSetting = part.Flag("setting"),
    };

    private static MaterialRule Material(JsonPart part) => new()
    {
        Code = part.Text("code"),
        ForPayment = part.Flag("for_payment"),
        Article = part.Article(),
        Name = part.Words("name"),
        Hint = part.Words("hint"),
        Need = part.Text("need") switch
        {
            "always" => MaterialNeed.Always,
            "optional" => MaterialNeed.Optional,
            "persons" => MaterialNeed.Persons,
            "qualified" => MaterialNeed.Qualified,
            "featured" => MaterialNeed.Featured,
            _ => throw part.Wrong("need", "is always, optional, persons, qualified or featured"),
        },
    };

    private static RecoveryRule Recovery(JsonPart part) =>
        new(part.Article(), part.Text("costs"), part.Text("share_of"), part.Text("rounding"), part.Text("limit"));

    private static EvaluationRule Evaluation(JsonPart part) => new(
        part.Article(), part.Share("leading_share"), part.Share("excellent_growth"), part.Share("good_growth"), part.Number("years_to_removal"), part.Number("years_of_absence"));
}
