using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Suspension;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Suspension;

/// <summary>Every bank's figures of a.17 as they stand, from the sums that the triggers keep.</summary>
public static class NplReport
{
    public sealed record Row(string Bank, StandingFigures Figures, bool Suspended);

    public static async Task<IReadOnlyList<Row>> RunAsync(NpgsqlDataSource source, int pool, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(new Acting(Scope.Auditor, pool, null, null, null, "报表"), new Cause("NplReport"), ct);
        SuspensionRule rule = (await new RuleSource(TimeProvider.System).InAsync(db, ct)).Suspension;
        MeasureStanding measure = new(db);
        Dictionary<int, StandingFigures> figures = await measure.FiguresOfAllAsync(pool, ct);
        Dictionary<int, StandingCrossing> last = await measure.LastOfAllAsync(pool, ct);
        List<Organisation> banks = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Kind == "bank").OrderBy(o => o.Code).ToListAsync(ct);
        StandingFigures none = new(0, default, 0, default);
        return [.. from bank in banks
                   let own = figures.GetValueOrDefault(bank.Id, none)
                   select new Row(bank.Code, own, rule.After(own.Ratio, MeasureStanding.StandingOf(last.GetValueOrDefault(bank.Id)) == Standing.Suspended) == Standing.Suspended)];
    }
}
