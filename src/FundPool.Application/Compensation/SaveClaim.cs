using FluentValidation;
using FundPool.Application.Loans;
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

/// <summary>Keeps what the bank states in a draft or in a claim that was returned for supplement, with its answers to what was lacking. Gaps are allowed until it is sent on.</summary>
public static class SaveClaim
{
    /// <param name="Cells">What was typed, in the order of <see cref="ClaimFields.All"/>; the note's number is the loan's.</param>
    /// <param name="Version">The row as the form showed it.</param>
    /// <param name="Answers">To each deficiency by its id.</param>
    [Requires(Permission.MakeClaims)]
    [UnderArticle("19(2)")]
    public sealed record Command(long Claim, IReadOnlyList<string?> Cells, int Version, IReadOnlyDictionary<long, string?>? Answers = null) : IRequest<Outcome<int>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Answers).Must(answers => answers is null || answers.Values.All(answer => answer is null || answer.Length <= 500)).OverridePropertyName("answers")
                .Saying("too_long", "每条答复请在 500 字以内", "Keep each answer under 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Claims.LockAsync(actor.Pool(), actor.Bank(), command.Claim, cancellationToken) is not { } claim)
            {
                return default(NotFound);
            }

            if (WhyNotEdited(claim) is { } refusal)
            {
                return refusal;
            }

            if (claim.RowVersion != command.Version)
            {
                return new Refusal(new Article("19(2)"), new Words("该申请在您打开之后已被修改；请核对最新内容后再保存", "The claim was changed after you opened it; look at it again before saving"));
            }

            Loan loan = await db.LoanOfAsync(claim, cancellationToken);
            string?[] cells = [.. command.Cells];
            cells[(int)ClaimColumn.NoteNo] = loan.NoteNo;
            ClaimReading reading = ClaimReader.Read(cells, LoanMapping.FactsOf(loan).Terms, rules.Today);
            if (reading.Wrong.ToList() is { Count: > 0 } wrong)
            {
                return wrong;
            }

            ClaimContent.Put(reading.Entry, claim);
            claim.TouchedBy(actor.Person());
            claim.RowVersion++;
            if (command.Answers is { Count: > 0 } answers)
            {
                foreach (Deficiency deficiency in (await ClaimMaterials.ToldAsync(db, claim, cancellationToken)).Where(deficiency => answers.ContainsKey(deficiency.Id)))
                {
                    string? answer = answers[deficiency.Id]?.Trim();
                    deficiency.Answer = string.IsNullOrEmpty(answer) ? null : answer;
                }
            }

            await db.SaveChangesAsync(cancellationToken);
            return claim.RowVersion;
        }
    }

    /// <summary>The maker's desk: a draft, or a claim that came back.</summary>
    internal static Refusal? WhyNotEdited(Claim claim) => claim.StateOf() is ClaimState.Draft or ClaimState.Returned ? null
        : new Refusal(new Article("19(2)"), ClaimFlow.WhyNot(claim.StateOf()));
}
