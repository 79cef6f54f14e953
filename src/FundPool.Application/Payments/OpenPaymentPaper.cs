using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>Takes out a payment document: the bank its own, the treasurer what was filed. It shows an account and a person's card, so that nobody else does. Written down.</summary>
public static class OpenPaymentPaper
{
    [Requires(Permission.ReadPayments)]
    public sealed record Command(int Bank, long Paper) : IRequest<Outcome<Answer>>;

    /// <param name="Content">A temporary file that deletes itself when closed.</param>
    public sealed record Answer(FileStream Content, string Name, string ContentType);

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            PayoutPaper? paper = await db.PayoutPapers.AsNoTracking().FirstOrDefaultAsync(p => p.PoolId == pool && p.BankId == command.Bank && p.Id == command.Paper, cancellationToken);
            if (paper is null || !ShowPayout.SeesAccount(actor) || !await IsFiledAsync(paper, cancellationToken) || await files.OpenAsync(pool, command.Bank, paper.FileId, cancellationToken) is not { } content)
            {
                return default(NotFound);
            }

            StoredFile file = await db.Files.AsNoTracking().FirstAsync(f => f.PoolId == pool && f.BankId == command.Bank && f.Id == paper.FileId, cancellationToken);
            await db.NoteAsync(nameof(OpenPaymentPaper), "compensation.payout_paper", $"{pool}/{command.Bank}/{paper.PlanId}", paper.Code, cancellationToken);
            return new Answer(content, file.Name, file.ContentType);
        }

        // What the bank has not filed, or has replaced since, stays with the bank.
        private async Task<bool> IsFiledAsync(PayoutPaper paper, CancellationToken ct) => actor.Acting.Bank is not null || await db.Database.SqlQuery<bool>($"""
            select exists (select from compensation.payout p, jsonb_array_elements(p.papers) filed
              where p.pool_id = {paper.PoolId} and p.bank_id = {paper.BankId} and p.plan_id = {paper.PlanId} and (filed ->> 'file')::bigint = {paper.Id}) as "Value"
            """).SingleAsync(ct);
    }
}
