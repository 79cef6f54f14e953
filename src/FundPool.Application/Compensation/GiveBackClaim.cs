using FluentValidation;
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

/// <summary>The bank's checker gives a claim back to the maker with what is to be mended.</summary>
public static class GiveBackClaim
{
    [Requires(Permission.CheckClaims)]
    [UnderArticle("19(2)")]
    public sealed record Command(long Claim, string? Reason) : IRequest<Outcome<long>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("opinion")
                .Saying("required", "请写明退回经办的原因，500 字以内", "Say what is to be mended, up to 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.Claims.LockAsync(actor.Pool(), actor.Bank(), command.Claim, cancellationToken) is not { } claim)
            {
                return default(NotFound);
            }

            if (claim.Move(ClaimAction.GiveBack, "19(2)") is { } no)
            {
                return no;
            }

            await db.SaveChangesAsync(cancellationToken);
            return claim.Id;
        }
    }
}
