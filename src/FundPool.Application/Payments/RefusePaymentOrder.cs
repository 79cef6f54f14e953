using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Payments;

/// <summary>The treasurer's chief does not release an order and says why; its claims return to the queue.</summary>
public static class RefusePaymentOrder
{
    [Requires(Permission.ReleasePayments)]
    [UnderArticle("20(3)")]
    public sealed record Command(int Bank, long Order, string? Reason) : IRequest<Outcome<long>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason")
                .Saying("required", "请写明理由，500 字以内", "Say why, up to 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        public Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken) =>
            DroppedOrder.DropAsync(db, actor, clock, command.Bank, command.Order, command.Reason!, cancellationToken);
    }
}
