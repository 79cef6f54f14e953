using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Documents;

/// <summary>Takes a document off a loan's page. The file and its history stay.</summary>
public static class WithdrawDocument
{
    [Requires(Permission.RegisterLoans)]
    [UnderArticle("11(4)")]
    public sealed record Command(long Document) : IRequest<Outcome<long>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            Document? document = await db.Documents
                .FirstOrDefaultAsync(d => d.PoolId == actor.Pool() && d.BankId == actor.Bank() && d.Id == command.Document && d.WithdrawnAt == null, cancellationToken);
            if (document is null)
            {
                return default(NotFound);
            }

            document.WithdrawnAt = clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(cancellationToken);
            return document.LoanId;
        }
    }
}
