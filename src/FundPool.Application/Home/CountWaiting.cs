using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Home;

/// <summary>What waits for the organisation, as the numbers beside the menu's entries.</summary>
public static class CountWaiting
{
    [Requires(Permission.ReadLoans)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="Imports">Checked files that wait for the bank's decision.</param>
    /// <param name="Corrections">Corrections that wait for the reviewer.</param>
    public sealed record Answer(int Imports, int Corrections);

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            int? bank = actor.Acting.Bank;
            int imports = bank is null ? 0
                : await db.ImportBatches.CountAsync(b => b.PoolId == pool && b.BankId == bank && b.State == "checked", cancellationToken);
            int corrections = await db.Corrections.CountAsync(c => c.PoolId == pool && (bank == null || c.BankId == bank) && c.State == "proposed", cancellationToken);
            return new Answer(imports, corrections);
        }
    }
}
