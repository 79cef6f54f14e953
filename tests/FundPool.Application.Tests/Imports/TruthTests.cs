using System.Text.Json;
using FundPool.Application.Imports;
using FundPool.Application.Suspension;
using FundPool.Application.Verification;
using FundPool.Data.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Imports;

/// <summary>Ten thousand real loans against totals that were computed elsewhere (data/sba/README.md), to the fen and row by row.</summary>
public sealed class TruthTests : IAsyncLifetime
{
    private static readonly string Records = Path.Combine(Repository(), "data", "sba");
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task RealRecords_OfFourteenBanks_ComeToTheTruth()
    {
        using JsonDocument truth = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Records, "truth.json")));
        Dictionary<string, TestActor> makers = [];
        foreach (JsonProperty bank in truth.RootElement.EnumerateObject())
        {
            makers[bank.Name] = await BankAsync(bank.Name);
        }

        foreach (string quarter in truth.RootElement.EnumerateObject().SelectMany(b => b.Value.GetProperty("quarters").EnumerateObject()).Select(q => q.Name).Distinct().Order(StringComparer.Ordinal))
        {
            foreach (JsonProperty bank in truth.RootElement.EnumerateObject())
            {
                if (bank.Value.GetProperty("quarters").TryGetProperty(quarter, out JsonElement expected))
                {
                    await ImportQuarterAsync(makers[bank.Name], $"{bank.Name} {quarter}", expected);
                }
            }
        }

        foreach (string file in Directory.EnumerateFiles(Path.Combine(Records, "classes")).Order(StringComparer.Ordinal))
        {
            ImportRun.Answer answer = await SendAsync(makers[Path.GetFileNameWithoutExtension(file)], ImportKind.Classes, file, "2026-09-30");
            answer.FirstErrors.ShouldBeEmpty(file);
            answer.Counts.Accepted.ShouldBe(answer.Counts.Rows, file);
        }

        await ReportEqualsAsync(truth);
        await SameFilesAgainAddNothingAsync(makers["B002"], truth);
        await ReportEqualsAsync(truth);
        (await VerifyDatabase.RunAsync(portal.Database.Owner, _ => { }, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    private async Task ImportQuarterAsync(TestActor maker, string where, JsonElement expected)
    {
        ImportRun.Answer answer = await SendAsync(maker, ImportKind.Loans, Path.Combine(Records, expected.GetProperty("file").GetString()!), expected.GetProperty("asOf").GetString()!);

        (answer.Counts.Rows, answer.Counts.Accepted, answer.Counts.Rejected).ShouldBe(
            (expected.GetProperty("rows").GetInt32(), expected.GetProperty("accepted").GetInt32(), expected.GetProperty("rejected").GetInt32()), where);
        answer.Counts.Unchanged.ShouldBe(0, where);
        // The truth names one reason a row, the portal all of them.
        Dictionary<int, List<string>> ours = answer.FirstErrors.GroupBy(e => e.Row).ToDictionary(row => row.Key, row => row.Select(e => e.Problem.Code).ToList());
        foreach (JsonElement row in expected.GetProperty("rejectedRows").EnumerateArray())
        {
            ours.ShouldContainKey(row[0].GetInt32(), where);
            ours[row[0].GetInt32()].ShouldContain(row[1].GetString()!, $"{where} row {row[0]}");
        }

        ours.Count.ShouldBe(expected.GetProperty("rejected").GetInt32(), where);
    }

    private async Task ReportEqualsAsync(JsonDocument truth)
    {
        IReadOnlyList<NplReport.Row> report = await NplReport.RunAsync(portal.Database.App, portal.Database.Pool, CancellationToken.None);
        foreach (JsonProperty bank in truth.RootElement.EnumerateObject())
        {
            NplReport.Row row = report.Single(r => r.Bank == bank.Name);
            row.Figures.Loans.ShouldBe(bank.Value.GetProperty("loans").GetInt64(), bank.Name);
            row.Figures.Principal.ToString().ShouldBe(bank.Value.GetProperty("principal").GetString(), bank.Name);
            row.Figures.NplLoans.ShouldBe(bank.Value.GetProperty("nplLoans").GetInt64(), bank.Name);
            row.Figures.NplPrincipal.ToString().ShouldBe(bank.Value.GetProperty("nplPrincipal").GetString(), bank.Name);
            row.Figures.Ratio.ToString().ShouldBe(bank.Value.GetProperty("ratio").GetString(), bank.Name);
            row.Suspended.ShouldBe(bank.Value.GetProperty("suspended").GetBoolean(), bank.Name);
        }
    }

    private async Task SameFilesAgainAddNothingAsync(TestActor maker, JsonDocument truth)
    {
        JsonElement quarter = truth.RootElement.GetProperty("B002").GetProperty("quarters").GetProperty("2024Q4");
        long loans = await portal.Database.ScalarAsync<long>("select count(*) from loan.loan"), reports = await portal.Database.ScalarAsync<long>("select count(*) from loan.classification");

        ImportRun.Answer again = await SendAsync(maker, ImportKind.Loans, Path.Combine(Records, quarter.GetProperty("file").GetString()!), quarter.GetProperty("asOf").GetString()!);
        ImportRun.Answer classes = await SendAsync(maker, ImportKind.Classes, Path.Combine(Records, "classes", "B002.csv"), "2026-09-30");

        (again.Counts.Accepted, again.Counts.Unchanged, again.Counts.Rejected).ShouldBe((0, quarter.GetProperty("accepted").GetInt32(), quarter.GetProperty("rejected").GetInt32()));
        (classes.Counts.Accepted, classes.Counts.Unchanged, classes.Counts.Rejected).ShouldBe((0, 220, 0));
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan")).ShouldBe(loans);
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.classification")).ShouldBe(reports);
    }

    private async Task<ImportRun.Answer> SendAsync(TestActor maker, ImportKind kind, string file, string asOf) =>
        await ImportNow.RunAsync(portal.Database.App, portal.Imports, maker.Acting, kind, file, DateOnly.ParseExact(asOf, "yyyy-MM-dd"), null, false, CancellationToken.None);

    private async Task<TestActor> BankAsync(string code)
    {
        int bank = portal.Database.Organisations.TryGetValue(code, out int known) ? known
            : await portal.Database.ScalarAsync<int>("insert into tenancy.organisation (pool_id, kind, code, name) values ($1, 'bank', $2, '银行' || $2) returning id", portal.Database.Pool, code);
        return new TestActor(new Acting(Scope.Bank, portal.Database.Pool, bank, bank, null, "命令行"), Domain.Tenancy.OrganisationKind.Bank, new HashSet<Domain.Tenancy.Permission>());
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FundPool.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
