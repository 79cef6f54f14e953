using System.Globalization;
using System.Text;
using FundPool.Application.Documents;
using FundPool.Application.Imports;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Views;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace FundPool.Web.Tests.Fences;

/// <summary>What one bank of the matrix owns. Its secret stands in every borrower's name, so that a leak shows wherever it is.</summary>
public sealed record BankHoldings(int Bank, string Secret, long Loan, long Batch, long Correction, long Document, int View, int Person, long Message)
{
    /// <summary>A plan of this bank alone whose documents are complete, one of them, and its payment order.</summary>
    public long PaymentPlan { get; init; }

    public long PaymentPaper { get; init; }

    public long PaymentOrder { get; init; }

    /// <summary>A published notice with a claim of this bank alone, and its batch.</summary>
    public long Notice { get; init; }

    public long NoticeBatch { get; init; }

    /// <summary>A claim that was returned for supplement, and one of its documents.</summary>
    public long Claim { get; init; }

    public long File { get; init; }

    /// <summary>A report about this bank's affairs.</summary>
    public long Objection { get; init; }

    /// <summary>An issued plan with a claim of this bank alone.</summary>
    public long Plan { get; init; }

    /// <summary>A claim that the reviewer has before him.</summary>
    public long Submitted { get; init; }
}

/// <summary>Two banks with one of everything that has an address.</summary>
internal static class TwoBanks
{
    public static async Task<BankHoldings> FillAsync(Portal portal, TestPerson maker, string secret)
    {
        Acting acting = new(Scope.Bank, maker.Pool, maker.Organisation, maker.Organisation, maker.Id, "测试maker");
        Acting writing = acting;
        DateOnly today = new(2026, 3, 18);
        ImportRun run = portal.Services.GetRequiredService<ImportRun>();
        string file = Path.Combine(Directory.CreateTempSubdirectory("fundpool-matrix-").FullName, "loans.csv");
        await File.WriteAllTextAsync(file, Csv(secret, 3), new UTF8Encoding(true));
        ImportRun.Answer registered = await ImportNow.RunAsync(portal.Database.App, run, writing, ImportKind.Loans, file, today, null, false, CancellationToken.None);
        if (registered.Counts.Accepted != 3)
        {
            throw new InvalidOperationException("The matrix needs three loans: " + string.Join("; ", registered.FirstErrors.Select(e => e.Problem.Message.Zh)));
        }

        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        Loan loan = await db.Loans.AsNoTracking().Where(l => l.BankId == maker.Organisation && l.NoteNo.StartsWith("JJ-")).OrderBy(l => l.Id).FirstAsync();

        // A loan of a past quarter, so that a correction and not an edit is what changes it.
        await db.Loans.Where(l => l.BankId == maker.Organisation && l.Id == loan.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.LoanDate, new DateOnly(2025, 11, 3)));
        loan = await db.Loans.AsNoTracking().FirstAsync(l => l.BankId == maker.Organisation && l.Id == loan.Id);
        string?[] cells = LoanFields.Write(LoanMapping.FactsOf(loan));
        cells[(int)LoanColumn.Purpose] = "采购设备";
        long correction = (await SendAsync(portal, acting, new ProposeCorrection.Command(loan.Id, cells, "登记有误", loan.Version))).Value;
        long batch = (await SendAsync(portal, acting, new UploadFile.Command(ImportKind.Loans, new MemoryStream(await File.ReadAllBytesAsync(file)), $"{secret}.csv", today, null, false))).Value.Batch;
        await run.RunAsync(maker.Pool, maker.Organisation, batch, CancellationToken.None);
        long document = (await SendAsync(portal, acting, new AttachDocument.Command(loan.Id, new MemoryStream(Encoding.ASCII.GetBytes("%PDF-1.7 test")), "合同.pdf", $"{secret}合同"))).Value;
        int view = (await SendAsync(portal, acting, new SaveView.Command("loans", secret, "?quarter=20254", true))).Value;
        long message = await portal.Database.ScalarAsync<long>("""
            insert into tenancy.message (pool_id, organisation_id, kind, title_zh, title_en, href, key) values ($1, $2, 'test', $3, $3, '/loans', 'matrix') returning id
            """, maker.Pool, maker.Organisation, secret);
        return new BankHoldings(maker.Organisation, secret, loan.Id, batch, correction, document, view, maker.Id, message);
    }

    private static async Task<T> SendAsync<T>(Portal portal, Acting acting, IRequest<T> request)
    {
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(portal.Clock);
        services.AddSingleton(portal.Services.GetRequiredService<FundPool.Application.Ports.IPersonalNumbers>());
        services.AddScoped<IActor>(_ => new Somebody(acting));
        services.AddLogging();
        FundPool.Application.ApplicationServices.AddFundPool(services, portal.Database.App);
        await using ServiceProvider provider = services.BuildServiceProvider();
        await using AsyncServiceScope scope = provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private static string Csv(string secret, int rows)
    {
        StringBuilder csv = new("contract_no,note_no,borrower_name,borrower_id,borrower_kind,industry,loan_date,maturity_date,principal,annual_rate,product,purpose,security,total_balance,other_cover\n");
        for (int i = 1; i <= rows; i++)
        {
            csv.AppendLine(CultureInfo.InvariantCulture, $"HT-{secret}-{i},JJ-{secret}-{i},{secret}有限公司{i},91440300192317458F,small,C3921,2026-02-0{i},2027-02-0{i},1000000.00,0.035,working_capital,采购原材料,guarantee,1000000.00,none");
        }

        return csv.ToString();
    }

    private sealed class Somebody(Acting acting) : IActor
    {
        public Acting Acting => acting;

        public OrganisationKind Kind => OrganisationKind.Bank;

        public IReadOnlySet<Permission> Permissions { get; } = Enum.GetValues<Permission>().ToHashSet();

        public string? Trace => null;
    }
}
