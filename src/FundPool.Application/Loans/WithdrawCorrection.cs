using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>The bank takes back a correction that nobody has decided yet.</summary>
public static class WithdrawCorrection
{
    [Requires(Permission.ProposeCorrections)]
    [UnderArticle("11(3)")]
    public sealed record Command(long Correction) : IRequest<Outcome<long>>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            Correction? correction = await db.Corrections
                .FromSql($"select * from loan.correction where pool_id = {actor.Pool()} and bank_id = {actor.Bank()} and id = {command.Correction} for update")
                .FirstOrDefaultAsync(cancellationToken);
            if (correction is null)
            {
                return default(NotFound);
            }

            if (correction.State != "proposed")
            {
                return new Refusal(new Article("11(3)"), new Words("该项更正已处理，不能撤回", "This correction was decided already and can't be withdrawn"));
            }

            correction.State = "withdrawn";
            await db.SaveChangesAsync(cancellationToken);
            return correction.LoanId;
        }
    }
}
