using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>Shows a natural person's name and number in full. The reason is asked for and written down; the number itself is not.</summary>
public static class UnmaskBorrower
{
    [Requires(Permission.Unmask)]
    public sealed record Command(int Bank, long Id, string? Reason) : IRequest<Outcome<Answer>>, IReasoned;

    public sealed record Answer(string Name, string Number);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(command => command.Reason).NotEmpty().MinimumLength(4).MaximumLength(200).OverridePropertyName("reason")
                .Saying("required", "请写明查看理由（4 至 200 字）", "Say why you need to see it, 4 to 200 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, IPersonalNumbers numbers) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Loan? loan = await db.Loans.AsNoTracking().FirstOrDefaultAsync(l => l.PoolId == pool && l.BankId == command.Bank && l.Id == command.Id, cancellationToken);
            if (loan is null)
            {
                return default(NotFound);
            }

            await db.NoteAsync(nameof(UnmaskBorrower), "loan.loan", $"{pool}/{loan.BankId}/{loan.Id}", null, cancellationToken);
            return new Answer(loan.BorrowerName, loan.BorrowerIdCipher is { } cipher ? numbers.Reveal(cipher) : loan.BorrowerIdShown);
        }
    }
}
