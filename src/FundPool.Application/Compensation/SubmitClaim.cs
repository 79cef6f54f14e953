using FluentValidation;
using System.Text.Json;
using FundPool.Domain.Calendar;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>
/// The bank's checker submits a claim to the reviewer (a.19(2)): ruled on with the articles, kept as a version that can be ruled on again,
/// its clock started. A suspended bank's claim is taken and keeps its place in time.
/// </summary>
public static class SubmitClaim
{
    /// <param name="Version">The row as the checker saw it; null where only the state matters.</param>
    /// <param name="OnlyPlain">Of many at once only those that nothing warns of; the others are looked at one by one.</param>
    [Requires(Permission.CheckClaims)]
    [UnderArticle("19(2)")]
    public sealed record Command(long Claim, string? Opinion, int? Version = null, bool OnlyPlain = false) : IRequest<Outcome<long>>, IReasoned
    {
        public string? Reason => Opinion;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Opinion).MaximumLength(500).OverridePropertyName("opinion")
                .Saying("too_long", "意见请在 500 字以内", "Keep the opinion under 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Claims.LockAsync(actor.Pool(), actor.Bank(), command.Claim, cancellationToken) is not { } claim)
            {
                return default(NotFound);
            }

            if (!ClaimFlow.Allows(claim.StateOf(), ClaimAction.Submit))
            {
                return new Refusal(new Article("19(2)"), ClaimFlow.WhyNot(claim.StateOf()));
            }

            if (command.Version is { } seen && seen != claim.RowVersion)
            {
                return new Refusal(new Article("19(2)"), new Words("该申请在您打开之后已有变动；请核对最新内容后再提交", "The claim changed after you opened it; look at it again before submitting"));
            }

            // The first maker never checks, even where others rewrote everything; the table says so too.
            if (FourEyes.WhyNot(actor.Person(), [.. claim.Hands, claim.MadeBy], "19(2)") is { } own)
            {
                return own;
            }

            Loan loan = await db.LoanOfAsync(claim, cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            ClaimReadiness readiness = await ClaimReadiness.OfAsync(db, claim, loan, at, rules.Today, cancellationToken);
            if (readiness.Problems.Count > 0)
            {
                return readiness.Problems.ToList();
            }

            if (readiness.Refusal is { } refusal)
            {
                return refusal;
            }

            if (command.OnlyPlain && !readiness.Ruling!.IsPlain)
            {
                return new Refusal(new Article("19(2)"), new Words("裁定中有需要留意的事项，请打开该申请单独复核", "Something in the ruling asks for a look; open the claim and check it by itself"));
            }

            if (claim.Move(ClaimAction.Submit, "19(2)") is { } no)
            {
                return no;
            }

            Accept(claim, readiness.Ruling!, at);
            await at.Text.KeepAsync(db, cancellationToken);
            db.ClaimVersions.Add(VersionOf(claim, readiness, at));
            await db.SaveChangesAsync(cancellationToken);
            return claim.Id;
        }

        private void Accept(Claim claim, ClaimRuling ruling, RuleBase at)
        {
            claim.Version++;
            claim.AppliedOn ??= rules.Today;
            claim.AcceptedAt ??= clock.GetUtcNow().UtcDateTime;
            claim.CheckedBy = actor.Person();
            claim.CheckedByName = actor.Acting.PersonName;
            claim.Rulebook = ruling.Ruling.Rulebook.Code;
            claim.Outcome = ruling.OutcomeCode;
            claim.ShareBp = ruling.Share.BasisPoints;
            claim.BasisFen = ruling.Ruling.Basis.Fen;
            claim.AmountFen = ruling.Amount.Fen;
            ClaimStops.Close(claim, rules.Today);
            Deadline due = at.Deadlines.Due("review", claim.AppliedOn.Value, ClaimStops.Of(claim, rules.Today));
            // A clock that ran on never ends earlier than it was promised.
            if (claim.ReviewDue is not { } promised || due.Due >= promised)
            {
                claim.ReviewDue = due.Due;
                claim.ReviewDueProvisional = due.Provisional;
            }
        }

        private ClaimVersion VersionOf(Claim claim, ClaimReadiness readiness, RuleBase at) => new()
        {
            PoolId = claim.PoolId,
            BankId = claim.BankId,
            ClaimId = claim.Id,
            N = claim.Version,
            Stated = ClaimContent.Stated(claim),
            RuledCase = CaseJson.Write(claim.Number, readiness.Case!),
            Ruling = ClaimRuling.Write(claim.Number, readiness.Ruling!.Ruling, at.Rulebooks),
            FactsHash = at.Text.Hash,
            Materials = JsonSerializer.Serialize(readiness.Materials.SelectMany(line => line.Files).Select(file => new VersionMaterial(file.Code, file.File, file.Name, file.Sha256)), ClaimContent.Json),
            SubmittedBy = actor.Person(),
            SubmittedByName = actor.Acting.PersonName,
        };
    }
}
