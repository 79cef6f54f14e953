using FundPool.Application.Imports;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FundPool.Application.Demonstration;

/// <summary>Work in the middle: corrections waiting, consented to and refused, done by the people of the demonstration through the use cases themselves.</summary>
internal static class DemonstrationWork
{
    private static readonly (string Bank, int Loan, string Field, string Value, string Reason, bool? Consent)[] Corrections =
    [
        ("SZ01", 40, "branch", "南山支行", "原登记经办机构有误，贷款实际由南山支行经办", null),
        ("SZ01", 41, "qualifications", "high_tech", "企业放款日持有有效的国家高新技术企业证书，登记时漏填", null),
        ("SZ01", 42, "purpose", "支付供应商货款", "与借款合同约定用途保持一致", true),
        ("SZ02", 40, "features", "first_loan", "经查征信，该笔为企业首笔贷款", null),
        ("SZ02", 41, "qualifications", "little_giant", "补充专精特新小巨人资质", false),
    ];

    public static async Task RunAsync(IServiceProvider services, NpgsqlDataSource source, int pool, CancellationToken ct)
    {
        Acting reviewer = await PersonAsync(source, pool, "GXT", "chushen@gxt", ct);
        foreach ((string bank, int skip, string field, string value, string reason, bool? consent) in Corrections)
        {
            Acting maker = await PersonAsync(source, pool, bank, $"jingban@{bank.ToLowerInvariant()}", ct);
            Loan loan = await LoanAsync(source, maker, skip, ct);
            string?[] cells = LoanFields.Write(LoanMapping.FactsOf(loan));
            cells[LoanFields.All.ToList().FindIndex(f => f.Name == field)] = value;
            Outcome<long> proposed = await SendAsync(services, maker, OrganisationKind.Bank, new ProposeCorrection.Command(loan.Id, cells, reason, loan.Version), ct);
            if (proposed.Succeeded && consent is { } agreed)
            {
                await SendAsync(services, reviewer, OrganisationKind.Reviewer,
                    new DecideCorrection.Command(loan.BankId, proposed.Value, agreed, agreed ? "材料齐全，同意更正" : "名单中查无该企业，请补充证明后重新提出"), ct);
            }
        }
    }

    private static async Task<TAnswer> SendAsync<TAnswer>(IServiceProvider services, Acting acting, OrganisationKind kind, IRequest<TAnswer> request, CancellationToken ct)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DemonstrationActor>().Become(acting, kind);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }

    private static async Task<Acting> PersonAsync(NpgsqlDataSource source, int pool, string organisationCode, string userName, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Identity, new Cause("SeedDemonstration"), ct);
        Organisation organisation = await db.Organisations.AsNoTracking().SingleAsync(o => o.PoolId == pool && o.Code == organisationCode, ct);
        Person person = await db.People.AsNoTracking().SingleAsync(p => p.OrganisationId == organisation.Id && p.UserName == userName, ct);
        bool bank = organisation.Kind == "bank";
        return new Acting(bank ? Scope.Bank : Scope.Pool, pool, bank ? organisation.Id : null, organisation.Id, person.Id, person.FullName);
    }

    private static async Task<Loan> LoanAsync(NpgsqlDataSource source, Acting maker, int skip, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(maker, new Cause("SeedDemonstration"), ct);
        return await db.Loans.AsNoTracking().Where(l => l.PoolId == maker.Pool && l.BankId == maker.Bank && l.NplSince == null)
            .OrderByDescending(l => l.LoanDate).ThenByDescending(l => l.Id).Skip(skip).FirstAsync(ct);
    }
}

/// <summary>The actor of the seeding: one person after the other, as each piece of work needs.</summary>
public sealed class DemonstrationActor : IActor
{
    public Acting Acting { get; private set; } = new(Scope.Platform, null, null, null, null, "系统");

    public OrganisationKind Kind { get; private set; } = OrganisationKind.Platform;

    public IReadOnlySet<Permission> Permissions { get; } = Enum.GetValues<Permission>().ToHashSet();

    public string? Trace => null;

    internal void Become(Acting acting, OrganisationKind kind) => (Acting, Kind) = (acting, kind);
}
