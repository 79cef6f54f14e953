using FundPool.Application.Imports;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Reviews;
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

    /// <param name="Claims">The claims that wait for the reader, the oldest due first; null for whoever has none to do.</param>
    /// <param name="Tray">Where they lie.</param>
    /// <param name="NewNpl">By bank, what turned bad in the last thirty days, the largest sum first.</param>
    public sealed record Answer(IReadOnlyList<ListCorrections.Row> Corrections, int CorrectionsWaiting, IReadOnlyList<ListImports.Row> Imports, IReadOnlyList<BankNpl> NewNpl,
        ListReviews.Answer? Claims, ReviewTray Tray);

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
            // An officer sees what waits for officers, a chief what waits for chiefs; others who watch have no claims to do.
            ReviewTray tray = actor.May(Permission.ReviewClaims) ? ReviewTray.Officer : ReviewTray.Chief;
            ListReviews.Answer? claims = actor.Kind != OrganisationKind.Reviewer || !actor.May(Permission.ReadClaims) ? null
                : await new ListReviews.Handler(db, actor, rules).Handle(new ListReviews.Query(tray, Size: Shown), cancellationToken);
            return new Answer(corrections, waiting, imports.Rows,
                [.. fresh.OrderByDescending(b => b.Fen).Select(b => new BankNpl(b.Bank, names.GetValueOrDefault(b.Bank, ""), b.Loans, b.Fen))], claims, tray);
        }
    }
}
