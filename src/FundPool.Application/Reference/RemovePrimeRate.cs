using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reference;

/// <summary>Takes out a publication of the loan prime rate that was entered wrongly.</summary>
public static class RemovePrimeRate
{
    [Requires(Permission.ManageReferenceData)]
    public sealed record Command(DateOnly PublishedOn, string? Reason) : IRequest<Outcome<Done>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason")
            .Saying("required", "请写明移除的理由，500 字以内", "Say why the figure is removed, in at most 500 characters");
    }

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken) =>
            await db.LoanPrimeRates.Where(r => r.PublishedOn == command.PublishedOn).ExecuteDeleteAsync(cancellationToken) == 0 ? default(NotFound) : default(Done);
    }
}
