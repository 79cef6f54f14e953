using FundPool.Application.Imports;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Home;

/// <summary>What those see first who watch the libraries across banks: corrections that wait, the latest imports, what turned bad lately.</summary>
public static class ShowReviewerHome
{
    private const int Shown = 6;
    private const int Recent = 30;

    [Requires(Permission.ReadLoans)]
    public sealed record Query : IRequest<Answer>;

    /// <param name="NewNpl">By bank, what turned bad in the last thirty days, the largest sum first.</param>
    public sealed record Answer(IReadOnlyList<ListCorrections.Row> Corrections, int CorrectionsWaiting, IReadOnlyList<ListImports.Row> Imports, IReadOnlyList<BankNpl> NewNpl);

    public sealed record BankNpl(int Bank, string Name, int Loans, long PrincipalFen);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            DateOnly month = rules.Today.AddDays(-Recent);
            var fresh = await db.Loans.Where(l => l.PoolId == pool && l.NplSince >= month)
                .GroupBy(l => l.BankId).Select(g => new { Bank = g.Key, Loans = g.Count(), Fen = g.Sum(l => l.PrincipalFen) }).ToListAsync(cancellationToken);
            Dictionary<int, string> names = (await BankChoices.ReadAsync(db, pool, cancellationToken)).ToDictionary(b => b.Id, b => b.Name);
            int waiting = await db.Corrections.CountAsync(c => c.PoolId == pool && c.State == "proposed", cancellationToken);
            List<ListCorrections.Row> corrections = [.. await new ListCorrections.Handler(db, actor).Handle(new ListCorrections.Query(WaitingOnly: true, Most: Shown), cancellationToken)];
            ListImports.Answer imports = await new ListImports.Handler(db, actor).Handle(new ListImports.Query(Size: Shown), cancellationToken);
            return new Answer(corrections, waiting, imports.Rows,
                [.. fresh.OrderByDescending(b => b.Fen).Select(b => new BankNpl(b.Bank, names.GetValueOrDefault(b.Bank, ""), b.Loans, b.Fen))]);
        }
    }
}
