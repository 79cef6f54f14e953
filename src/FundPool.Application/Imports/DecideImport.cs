using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Imports;

/// <summary>After the preview: the bank has the accepted rows registered, or drops the file. Pressing twice does it once.</summary>
public static class DecideImport
{
    [Requires(Permission.RegisterLoans)]
    [UnderArticle("19(1)")]
    public sealed record Command(long Batch, bool Register) : IRequest<Outcome<Done>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            ImportBatch? batch = await db.ImportBatches
                .FromSql($"select * from loan.import_batch where pool_id = {pool} and bank_id = {bank} and id = {command.Batch} for update")
                .FirstOrDefaultAsync(cancellationToken);
            if (batch is null)
            {
                return default(NotFound);
            }

            bool already = command.Register ? batch.State is "registering" or "registered" : batch.State == "cancelled";
            if (already)
            {
                return default(Done);
            }

            if (batch.State != "checked")
            {
                return new Refusal(new Article("19(1)"), new Words("该批次不在待确认状态，请刷新页面查看最新状态", "This batch is not waiting for a decision; reload the page to see where it stands"));
            }

            if (command.Register && batch.AllOrNothing && batch.Rejected > 0)
            {
                return new Refusal(new Article("19(1)"), new Words("该批次要求整批通过，仍有被拒的行；请修改后重新上传", "This batch asks for all or nothing and rows are refused; mend them and upload again"));
            }

            batch.State = command.Register ? "registering" : "cancelled";
            batch.ConfirmedBy = actor.Person();
            batch.ConfirmedAt = clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(cancellationToken);
            return default(Done);
        }
    }
}
