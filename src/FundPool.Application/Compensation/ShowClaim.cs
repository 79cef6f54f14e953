using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Suspension;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>One claim whole: what is stated, the ruling, documents, versions with what differs, what was lacking and answered, deadlines, and its history (流程轨迹).</summary>
public static class ShowClaim
{
    [Requires(Permission.ReadClaims)]
    public sealed record Query(int Bank, long Id) : IRequest<Outcome<Answer>>;

    /// <param name="Name">The borrower's name, masked for natural persons where the reader is not the bank.</param>
    /// <param name="Ruling">Of the last version, made again from what it rested on; of a draft, as it would be today; null while a field is missing.</param>
    /// <param name="Readiness">What keeps a draft or supplement from being sent on; null for whoever is not the bank and once it is submitted.</param>
    /// <param name="Told">What the reviewer told the bank in one go, with the answers.</param>
    /// <param name="MayAskReReview">The bank may ask for a second look.</param>
    public sealed record Answer(Claim Claim, Loan Loan, string Name, string BankName, ClaimRuling? Ruling, Readiness? Readiness, Standing Standing, BankFacts Bank,
        IReadOnlyList<MaterialLine> Materials, IReadOnlyList<VersionLine> Versions, IReadOnlyList<Deficiency> Told, IReadOnlyList<StepLine> Steps,
        IReadOnlyList<ClaimDeadline> Deadlines, bool IsOwn, bool MayAskReReview, Domain.Rulebooks.Rulebook Rulebook)
    {
        public ClaimState State => Claim.StateOf();

        /// <summary>What the bank may do now, whoever of its people it is.</summary>
        public bool Allows(ClaimAction action) => IsOwn && ClaimFlow.Allows(State, action);
    }

    /// <param name="Problems">What is missing or wrong, each in words.</param>
    /// <param name="Refusal">The first condition that is not met.</param>
    public sealed record Readiness(IReadOnlyList<Problem> Problems, Refusal? Refusal)
    {
        public bool IsReady => Problems.Count == 0 && Refusal is null;
    }

    /// <param name="Changes">Against the version before.</param>
    public sealed record VersionLine(ClaimVersion Version, IReadOnlyList<FieldChange> Changes, IReadOnlyList<VersionMaterial> Added, IReadOnlyList<VersionMaterial> Removed);

    /// <param name="Spent">From the step before to this one.</param>
    /// <param name="Opinion">Null where there was none, and for a bank inside a round of the reviewer that is not decided.</param>
    public sealed record StepLine(DateTime At, string? FromState, string ToState, string Action, string Unit, string Person, string? Opinion, string? Article, TimeSpan? Spent);

    /// <param name="Done">When it was met.</param>
    public sealed record ClaimDeadline(DeadlineRule Rule, Deadline Deadline, DateOnly? Done, bool IsStopped);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            bool own = actor.Acting.Bank == query.Bank;
            Claim? claim = await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.PoolId == pool && c.BankId == query.Bank && c.Id == query.Id, cancellationToken);
            // What a bank never submitted is its own; nobody else learns of it.
            if (claim is null || (!own && claim.Version == 0))
            {
                return default(NotFound);
            }

            Loan loan = await db.Loans.AsNoTracking().FirstAsync(l => l.PoolId == pool && l.BankId == claim.BankId && l.Id == claim.LoanId, cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            List<ClaimVersion> versions = await db.ClaimVersions.AsNoTracking()
                .Where(v => v.PoolId == pool && v.BankId == claim.BankId && v.ClaimId == claim.Id).OrderBy(v => v.N).ToListAsync(cancellationToken);
            List<Deficiency> told = await ClaimMaterials.ToldAsync(db, claim, cancellationToken);
            ClaimReadiness? now = own && OnTheBanksDesk(claim) ? await ClaimReadiness.OfAsync(db, claim, loan, at, rules.Today, cancellationToken) : null;
            ClaimRuling? ruling = now is not null || versions.Count == 0 ? now?.Ruling : (await ClaimRuling.AgainAsync(db, versions[^1], cancellationToken)).Ruling;
            IReadOnlyList<MaterialLine> materials = ClaimMaterials.Lines(at.Rulebooks.Home, loan, await FilesAsync(claim, versions, own, cancellationToken), told);
            string bank = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Id == claim.BankId).Select(o => o.Name).FirstAsync(cancellationToken);
            return new Answer(claim, loan, Masking.Name(actor, loan), bank, ruling, now is null ? null : new Readiness(now.Problems, now.Refusal),
                await new MeasureStanding(db).LastAsync(pool, claim.BankId, cancellationToken), await BankFacts.OfAsync(db, pool, claim.BankId, rules.Today, cancellationToken),
                materials, Lines(versions), told, await StepsAsync(claim, own, cancellationToken), DeadlinesOf(claim, at, await IsHeldAsync(claim, at, cancellationToken)), own,
                own && actor.May(Permission.MakeClaims) && await AskReReview.WhyNotAsync(db, claim, cancellationToken) is null, at.Rulebooks.Home);
        }

        private static bool OnTheBanksDesk(Claim claim) => claim.StateOf() is ClaimState.Draft or ClaimState.Checking or ClaimState.Returned or ClaimState.Supplementing;

        // While a supplement is in the making, others go on seeing the documents as they were submitted.
        private Task<List<MaterialFile>> FilesAsync(Claim claim, List<ClaimVersion> versions, bool own, CancellationToken ct) =>
            ClaimMaterials.FilesAsync(db, claim, ct, own || !OnTheBanksDesk(claim) ? null : ClaimContent.MaterialsOf(versions[^1]));

        private static List<VersionLine> Lines(List<ClaimVersion> versions)
        {
            List<VersionLine> lines = [];
            for (int i = 0; i < versions.Count; i++)
            {
                IReadOnlyList<VersionMaterial> now = ClaimContent.MaterialsOf(versions[i]), before = i == 0 ? [] : ClaimContent.MaterialsOf(versions[i - 1]);
                lines.Add(new VersionLine(versions[i], i == 0 ? [] : ClaimContent.Changes(versions[i - 1], versions[i]),
                    i == 0 ? [] : [.. now.Where(material => !before.Any(old => old.File == material.File))], [.. before.Where(material => !now.Any(still => still.File == material.File))]));
            }

            return lines;
        }

        private async Task<IReadOnlyList<StepLine>> StepsAsync(Claim claim, bool own, CancellationToken ct)
        {
            List<ClaimStep> steps = await db.ClaimSteps.AsNoTracking()
                .Where(s => s.PoolId == claim.PoolId && s.BankId == claim.BankId && s.ClaimId == claim.Id).OrderBy(s => s.Id).ToListAsync(ct);
            return [.. steps.Select((step, i) => new StepLine(step.At, step.FromState, step.ToState, step.Action, step.UnitName, step.PersonName,
                own && IsInner(step) && !steps.Skip(i + 1).Any(Decides) ? null : step.Opinion, step.Article, i == 0 ? null : step.At - steps[i - 1].At))];
        }

        // What the officer proposes and the chief sends back is the reviewer's own until it is decided.
        private static bool IsInner(ClaimStep step) => step.ToState is "proposed" or "re_proposed" or "re_examined"
            || (step.FromState is "proposed" or "re_proposed" or "re_examined" && step.ToState is "submitted" or "re_review" or "objected");

        // The chief's word that leaves the reviewer's house.
        private static bool Decides(ClaimStep step) => step.FromState is "proposed" or "re_proposed" or "re_examined" && !IsInner(step);

        // While the bank is suspended the reviewer's clock stands, as the reviewer's own list shows it.
        private async Task<bool> IsHeldAsync(Claim claim, RuleBase at, CancellationToken ct) => claim.StateOf() == ClaimState.Submitted
            && await HeldClaims.WhyAsync(db, at, await BankStandings.OfAsync(db, claim.PoolId, claim.BankId, rules.Today, ct), claim, ct) is not null;

        private static List<ClaimDeadline> DeadlinesOf(Claim claim, RuleBase at, bool isHeld)
        {
            List<ClaimDeadline> running = [];
            void Add(string code, Deadline? deadline, DateOnly? done, bool stopped = false)
            {
                if (deadline is { } due && at.Deadlines.Rule(code) is { } rule)
                {
                    running.Add(new ClaimDeadline(rule, due, done, stopped));
                }
            }

            if (claim.NplDate is { } npl)
            {
                Add("claim", at.Deadlines.Due("claim", npl), claim.AppliedOn);
            }

            if (claim.CreditReportOn is { } report && claim.AppliedOn is null)
            {
                Add("credit_report", at.Deadlines.Due("credit_report", report), null);
            }

            Add("review", claim.ReviewDue is { } review ? new Deadline(review, claim.ReviewDueProvisional) : null, claim.ApprovedOn ?? claim.RejectedOn, isHeld || ClaimStops.IsOpen(claim));
            Add("re_review", claim.ReReviewDue is { } second ? new Deadline(second, false) : null,
                claim.StateOf() is ClaimState.ReReview or ClaimState.ReProposed ? null : claim.ApprovedOn ?? claim.RejectedOn);
            Add("transfer", claim.TransferDue is { } transfer ? new Deadline(transfer, false) : null, claim.TransferredOn);
            return running;
        }
    }
}
