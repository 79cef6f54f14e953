using FluentValidation;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>
/// The reviewer's officer proposes what becomes of a claim: approve it whole or less deductions, reject it, return it with everything that is missing,
/// or, for an objection, report that it is unfounded. The claim is ruled again on the day; nothing changes for the bank before the chief decides.
/// </summary>
public static class ProposeReview
{
    private static readonly Article Here = new("20(1)");

    /// <param name="Version">The claim's row as the officer saw it.</param>
    /// <param name="Proposal"><c>approve</c>, <c>reject</c>, <c>return</c>, or <c>clear</c> for an objection.</param>
    [Requires(Permission.ReviewClaims)]
    [UnderArticle("20(1)")]
    public sealed record Command(int Bank, long Claim, int Version, string? Proposal, IReadOnlyList<Deducted> Deductions, IReadOnlyList<Mark> Marks,
        IReadOnlyList<Ground> Grounds, IReadOnlyList<Lack> Lacks, string? Opinion) : IRequest<Outcome<long>>, IReasoned
    {
        public string? Reason => Opinion;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Opinion).NotEmpty().MaximumLength(1000).OverridePropertyName("opinion")
                .Saying("required", "请写明初审意见，1000 字以内", "Write the officer's opinion, up to 1,000 characters");
            RuleFor(command => command.Proposal).Must(proposal => proposal is "approve" or "reject" or "return" or "clear").OverridePropertyName("proposal")
                .Saying("required", "请选择审核结论", "Choose the conclusion");
            RuleFor(command => command.Marks).Must(marks => marks.All(mark => mark.Verdict is "confirmed" or "doubted" && mark.Note is not { Length: > 500 })).OverridePropertyName("marks")
                .Saying("too_long", "每项核对说明请在 500 字以内", "Keep each note under 500 characters");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Claim? claim = await db.Claims.LockAsync(pool, command.Bank, command.Claim, cancellationToken);
            if (claim is null)
            {
                return default(NotFound);
            }

            ClaimState state = claim.StateOf();
            if (ReviewDesk.KindOf(state) is not { } kind || !ClaimFlow.Allows(state, ActionOf(kind)))
            {
                return new Refusal(Here, ClaimFlow.WhyNot(state));
            }

            if (claim.RowVersion != command.Version)
            {
                return new Refusal(Here, new Words("该申请在您打开之后已有变动；请核对最新内容后再提出", "This claim changed after you opened it; look at it again before you propose"));
            }

            if (await ReviewPeople.WhyNotAsync(db, claim, kind, actor.Person(), asChief: false, cancellationToken) is { } own)
            {
                return own;
            }

            ReviewDesk desk = await ReviewDesk.OpenAsync(db, rules, claim, cancellationToken);
            if (desk.Held is { } held)
            {
                return held;
            }

            List<Problem> problems = ProblemsOf(command, desk);
            if (problems.Count > 0)
            {
                return problems;
            }

            if (command.Proposal == "approve" && desk.WhyNotPayable(command.Marks) is { } unpayable)
            {
                return unpayable;
            }

            Review review = Put(command, desk, actor);
            if (claim.Move(ActionOf(kind), "20(1)") is { } no)
            {
                return no;
            }

            db.Reviews.Add(review);
            await db.SaveChangesAsync(cancellationToken);
            string key = ReviewDrafts.KeyOf(command.Bank, command.Claim);
            await db.Drafts.Where(d => d.PoolId == pool && d.BankId == actor.Acting.Organisation && d.PersonId == actor.Person() && d.Kind == ReviewDrafts.Kind && d.Key == key).ExecuteDeleteAsync(cancellationToken);
            return review.Id;
        }

        internal static Review Put(Command command, ReviewDesk desk, IActor actor)
        {
            bool approves = command.Proposal == "approve";
            return new Review
            {
                PoolId = desk.Claim.PoolId,
                BankId = desk.Claim.BankId,
                ClaimId = desk.Claim.Id,
                Kind = desk.Kind,
                ClaimVersion = desk.Claim.Version,
                Proposal = command.Proposal!,
                ApprovedFen = approves ? desk.BaseWith(command.Marks).Fen - command.Deductions.Sum(d => d.AmountFen) : null,
                Deductions = ReviewContent.Write(approves ? command.Deductions : []),
                Marks = ReviewContent.Write(command.Marks),
                Grounds = ReviewContent.Write(command.Proposal == "reject" ? command.Grounds : []),
                Deficiencies = ReviewContent.Write(command.Proposal == "return" ? command.Lacks : []),
                RuledFen = desk.Ruling.Amount.Fen,
                Ruling = ReviewContent.Write(desk.Ruling, desk.At.Rulebooks),
                OfficerOpinion = command.Opinion!.Trim(),
                Officer = actor.Person(),
                OfficerName = actor.Acting.PersonName,
            };
        }

        private static ClaimAction ActionOf(string kind) => kind == "re_examination" ? ClaimAction.Report : ClaimAction.Propose;

        private static List<Problem> ProblemsOf(Command command, ReviewDesk desk)
        {
            Rulebook rulebook = desk.At.Rulebooks.Home;
            return command.Proposal switch
            {
                "approve" => [.. Approval(command, desk, rulebook)],
                "reject" => [.. Rejection(command, rulebook)],
                "return" when desk.Kind == "review" => [.. Supplement(command, rulebook)],
                "clear" when desk.Kind == "re_examination" => [],
                _ => [new Problem("proposal", "range", new Words("该阶段不能作出此结论", "This conclusion can't be drawn at this stage"))],
            };
        }

        private static IEnumerable<Problem> Approval(Command command, ReviewDesk desk, Rulebook rulebook)
        {
            string[] doubted = [.. command.Marks.Where(mark => mark.Verdict == "doubted").Select(mark => mark.Code).Where(code => rulebook.ConditionOf(code) is not null)];
            if (doubted.Length > 0)
            {
                yield return new Problem("marks", "range", new Words("仍有存疑的条件；请核实后改为确认，或退回补正、不予通过", "A condition is still in doubt; confirm it once shown, or return or reject the claim"));
            }

            // What the facts can't tell a person has to: the use of the money (a.15(2)) above all.
            IReadOnlySet<string> confirmed = ReviewContent.Confirmed(command.Marks);
            if (desk.Kind != "re_examination" && desk.Ruling.Steps.Any(step => step.IsCondition && step.Effect == "review" && !confirmed.Contains(step.Code)) && doubted.Length == 0)
            {
                yield return new Problem("marks", "required", new Words("“逐条核对”中须由审核人员核实的条件（贷款用途）尚未确认；请核对材料后选择确认或存疑", "The condition that only a person can tell (use of the money) is not confirmed; look at the documents, then confirm or doubt it"));
            }

            for (int i = 0; i < command.Deductions.Count; i++)
            {
                Deducted deduction = command.Deductions[i];
                if (rulebook.Deductions.All(rule => rule.Code != deduction.Code) || deduction.AmountFen <= 0)
                {
                    yield return new Problem($"deductions.{deduction.Code}.amount", "range", new Words("核减金额须大于 0，精确到分", "A deduction is more than 0, to the fen"));
                }

                if (string.IsNullOrWhiteSpace(deduction.Reason) || deduction.Reason.Length > 500)
                {
                    yield return new Problem($"deductions.{deduction.Code}.reason", "required", new Words("请写明核减理由，500 字以内", "Say why it is deducted, up to 500 characters"));
                }
            }

            if (command.Deductions.Select(d => d.Code).Distinct(StringComparer.Ordinal).Count() < command.Deductions.Count)
            {
                yield return new Problem("deductions", "duplicate", new Words("同一核减事由只能填一次", "Each ground of deduction is stated once"));
            }

            long taken = command.Deductions.Sum(d => Math.Max(0, d.AmountFen)), from = desk.BaseWith(command.Marks).Fen;
            if (taken > 0 && taken >= from)
            {
                yield return new Problem("deductions", "range", new Words("核减后金额须大于 0；全部核减请选择不予通过", "Something must remain after the deductions; to deduct all, reject the claim"));
            }

            if (desk.Kind == "re_examination" && taken == 0)
            {
                yield return new Problem("deductions", "required", new Words("减少金额须写明核减事由和金额；金额不变请选择异议不成立", "State what is deducted; where the amount stays, the objection is unfounded"));
            }
        }

        private static IEnumerable<Problem> Rejection(Command command, Rulebook rulebook)
        {
            if (command.Grounds.Count == 0)
            {
                yield return new Problem("grounds", "required", new Words("请选择不予通过所依据的条款", "Choose the articles that the rejection rests on"));
            }

            if (command.Grounds.Any(ground => rulebook.ConditionOf(ground.Code)?.Article.Code != ground.Article || ground.Note is not { Length: > 0 and <= 500 }))
            {
                yield return new Problem("grounds", "required", new Words("请为每一条款写明理由，500 字以内", "Say for each article why, up to 500 characters"));
            }
        }

        private static IEnumerable<Problem> Supplement(Command command, Rulebook rulebook)
        {
            if (command.Lacks.Count == 0)
            {
                yield return new Problem("lacks", "required", new Words("请列出需要补正的内容，一次性告知", "List everything that is missing, in one go"));
            }

            if (command.Lacks.Any(lack => rulebook.Deficiencies.All(rule => rule.Code != lack.Code)
                || (lack.Material is { } material && rulebook.Materials.All(rule => rule.ForPayment || rule.Code != material))
                || lack.Note is not { Length: > 0 and <= 500 }))
            {
                yield return new Problem("lacks", "required", new Words("每项补正须选择类型并写明具体要求，500 字以内", "Each item has its kind and says what is wanted, up to 500 characters"));
            }
        }
    }
}
