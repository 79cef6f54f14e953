using System.Globalization;
using System.Text;
using System.Text.Json;
using FundPool.Application.Accounts;
using FundPool.Application.Files;
using FundPool.Application.Imports;
using FundPool.Application.Notices;
using FundPool.Application.Reference;
using FundPool.Application.SignIn;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Facts;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FundPool.Application.Demonstration;

/// <summary>
/// The Shenzhen pool with a dozen made-up banks and three years of loans, registered and classified quarter by quarter through the
/// same import as everybody's, so that every batch, ratio and crossing has a history. Safe to run again; refused in production.
/// </summary>
public static class SeedDemonstration
{
    private static readonly (string Code, string Name)[] Banks =
    [
        ("SZ01", "鹏城银行深圳分行"), ("SZ02", "前海商业银行深圳分行"), ("SZ03", "南岭银行深圳分行"), ("SZ04", "珠江开发银行深圳分行"), ("SZ05", "深湾银行深圳分行"),
        ("SZ06", "岭南民生银行深圳分行"), ("SZ07", "海晏银行深圳分行"), ("SZ08", "梧桐山银行深圳分行"), ("SZ09", "莲花农商银行深圳分行"), ("SZ10", "大鹏银行深圳分行"),
        ("SZ11", "罗湖口岸银行深圳分行"), ("SZ12", "光明科创银行深圳分行"), ("SZ13", "龙华制造银行深圳分行"), ("SZ14", "盐田港银行深圳分行"),
    ];

    /// <summary>Whose real records each bank's loans are made from (data/sba).</summary>
    private static readonly string[] Sources = ["B003", "B002", "B006", "B008", "B010", "B012", "B015", "B021", "RTX", "RMN", "RIN", "RTN", "RWY", "RAK"];

    /// <summary>
    /// The real records would suspend half of the banks. Of each the latest reports are kept, up to this part of what it lent: most stay
    /// below 3 %, one is warned (SZ09), one is above it until a borrower recovers (SZ05), and SZ02 keeps all of them and is suspended.
    /// </summary>
    private static readonly Dictionary<string, decimal> NplKept = new()
    {
        ["B006"] = 0.022m, ["B008"] = 0.024m, ["B010"] = 0.0304m, ["B012"] = 0.02m, ["RTX"] = 0.0205m, ["RIN"] = 0.02m,
    };

    private static readonly (OrganisationKind Kind, string Code, string Name, (string Name, Role Role)[] People)[] Institutions =
    [
        // Three pairs: a review, a re-review and a re-examination of the same claim are each for other people.
        (OrganisationKind.Reviewer, "GXT", "深圳市高新投集团有限公司", [("chushen", Role.Officer), ("fushen", Role.Chief), ("chushen2", Role.Officer), ("fushen2", Role.Chief), ("chushen3", Role.Officer), ("fushen3", Role.Chief), ("guanli", Role.OrganisationAdministrator)]),
        (OrganisationKind.Treasurer, "JRZX", "深圳市财政金融服务中心", [("jingban", Role.Officer), ("fuzeren", Role.Chief)]),
        (OrganisationKind.Authority, "GXJ", "深圳市中小企业服务局", [("jingban", Role.Officer), ("fuzeren", Role.Chief)]),
        (OrganisationKind.Finance, "CZJ", "深圳市财政局", [("jingban", Role.Officer)]),
        (OrganisationKind.Auditor, "SJJ", "深圳市审计局", [("shenji", Role.Auditor)]),
        (OrganisationKind.Platform, "PLATFORM", "平台运营", [("admin", Role.PlatformAdministrator)]),
    ];

    /// <param name="services">The use cases, for people and their secrets.</param>
    /// <param name="records">The folder of real records (data/sba).</param>
    public static async Task RunAsync(IServiceProvider services, NpgsqlDataSource source, string records, Action<string> progress, CancellationToken ct)
    {
        bool wasDated = await StartClockAsync(services, source, ct);
        int pool = await OrganisationsAsync(services, source, progress, ct);
        if (await HasLoansAsync(source, pool, ct))
        {
            if (wasDated && !await IsWholeAsync(source, pool, ct))
            {
                throw new InvalidOperationException("演示数据上次未装完，不能接着装；请换一个空的数据库。The demonstration was left half made and can't be gone on with; take an empty database.");
            }

            progress("演示贷款已在库中");
            return;
        }

        using JsonDocument truth = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(records, "truth.json"), ct));
        ImportRun run = services.GetRequiredService<ImportRun>();
        string[] quarters = [.. truth.RootElement.EnumerateObject().SelectMany(b => b.Value.GetProperty("quarters").EnumerateObject()).Select(q => q.Name).Distinct().Order()];
        Dictionary<string, List<string>> classes = Sources.ToDictionary(s => s, s => ClassLines(records, s));
        foreach (string quarter in quarters)
        {
            progress($"演示数据 {quarter}");
            for (int i = 0; i < Banks.Length; i++)
            {
                if (!truth.RootElement.GetProperty(Sources[i]).GetProperty("quarters").TryGetProperty(quarter, out JsonElement q))
                {
                    continue;
                }

                DateOnly day = DateOnly.ParseExact(q.GetProperty("asOf").GetString()!, "yyyy-MM-dd");
                Acting maker = await MakerAsync(source, pool, Banks[i].Code, ct);
                await ImportAsync(source, run, maker, ImportKind.Loans, $"{quarter}贷款登记.csv", Loans(Path.Combine(records, q.GetProperty("file").GetString()!)), day, ct);
                await ImportAsync(source, run, maker, ImportKind.Classes, $"{quarter}风险分类.csv", Take(classes[Sources[i]], day), day, ct);
            }
        }

        DemonstrationStage stage = new(services, source, pool, ct);
        await DemonstrationWork.RunAsync(stage);
        RuleSource rules = services.GetRequiredService<RuleSource>();
        DemonstrationDays days = new((await stage.ReadAsync("chushen@GXT", db => rules.InAsync(db, ct))).Facts.Calendar, stage.Clock.GetUtcNow());
        PaperDesk papers = new(stage, services.GetRequiredService<EndNoticePeriods>());
        await new DemonstrationClaims(stage, days, papers, new ClaimDesk(stage, rules)).RunAsync(progress);
    }

    // A demonstration that was begun keeps its clock, also one from before it had a date of its own. True where the clock was set before.
    private static async Task<bool> StartClockAsync(IServiceProvider services, NpgsqlDataSource source, CancellationToken ct)
    {
        DemonstrationClock clock = DemonstrationStage.ClockOf(services);
        TimeSpan? stands = await TravellingClock.ReadAsync(source, ct);
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        bool begun;
        await using (IDbContextTransaction transaction = await db.BeginAsync(new Acting(Scope.Platform, null, null, null, null, "系统"), new Cause("SeedDemonstration"), ct))
        {
            begun = await db.Organisations.AnyAsync(o => o.Demonstration, ct);
        }

        clock.Ahead = stands ?? (begun ? TimeSpan.Zero : await TravellingClock.BeginAsync(source, DemonstrationDays.AheadOf(clock.Real), ct));
        return stands is not null;
    }

    private static async Task<int> OrganisationsAsync(IServiceProvider services, NpgsqlDataSource source, Action<string> progress, CancellationToken ct)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        FundPoolDb db = scope.ServiceProvider.GetRequiredService<FundPoolDb>();
        PeopleBook people = scope.ServiceProvider.GetRequiredService<PeopleBook>();
        int pool;
        await using (IDbContextTransaction transaction = await db.BeginAsync(new Acting(Scope.Platform, null, null, null, null, "系统"), new Cause("SeedDemonstration"), ct))
        {
            pool = await db.Pools.Where(p => p.Code == "shenzhen").Select(p => p.Id).SingleAsync(ct);
            foreach ((OrganisationKind kind, string code, string name, (string Name, Role Role)[] staff) in Institutions)
            {
                Organisation organisation = await AddAsync(db, kind == OrganisationKind.Platform ? 0 : pool, kind, code, name, ct);
                foreach ((string login, Role role) in staff)
                {
                    await people.AddReadyAsync(organisation, new NewPerson(login, MadeUpNames.Person(code + login), null, null, [role]), DemonstrationLogins.Password, Secrets.AuthenticatorKey(), ct);
                }
            }

            for (int i = 0; i < Banks.Length; i++)
            {
                progress($"演示机构 {Banks[i].Name}");
                Organisation bank = await AddAsync(db, pool, OrganisationKind.Bank, Banks[i].Code, Banks[i].Name, ct);
                (string, Role)[] staff = i < 2
                    ? [("jingban", Role.Maker), ("fuhe", Role.Checker), ("guanli", Role.OrganisationAdministrator)]
                    : [("jingban", Role.Maker), ("fuhe", Role.Checker)];
                foreach ((string login, Role role) in staff)
                {
                    await people.AddReadyAsync(bank, new NewPerson(login, MadeUpNames.Person(bank.Code + login), null, null, [role]), DemonstrationLogins.Password, Secrets.AuthenticatorKey(), ct);
                }
            }

            await transaction.CommitAsync(ct);
        }

        return pool;
    }

    private static async Task<Organisation> AddAsync(FundPoolDb db, int pool, OrganisationKind kind, string code, string name, CancellationToken ct)
    {
        Organisation? known = await db.Organisations.FirstOrDefaultAsync(o => o.PoolId == pool && o.Code == code, ct);
        if (known is null)
        {
            known = new Organisation { PoolId = pool, Code = code, Kind = Membership.CodeOf(kind), Name = name + "（演示）", Demonstration = true };
            db.Organisations.Add(known);
            await db.SaveChangesAsync(ct);
        }

        return known;
    }

    private static async Task<bool> HasLoansAsync(NpgsqlDataSource source, int pool, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(new Acting(Scope.Auditor, pool, null, null, null, "系统"), new Cause("SeedDemonstration"), ct);
        return await db.Summaries.AnyAsync(s => db.Organisations.Any(o => o.Id == s.BankId && o.Code == "SZ01"), ct);
    }

    // What is made last is there.
    private static async Task<bool> IsWholeAsync(NpgsqlDataSource source, int pool, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(new Acting(Scope.Auditor, pool, null, null, null, "系统"), new Cause("SeedDemonstration"), ct);
        return await db.Receipts.AnyAsync(r => r.Document == DemonstrationClaims.LastDocument, ct);
    }

    private static async Task<Acting> MakerAsync(NpgsqlDataSource source, int pool, string code, CancellationToken ct)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Identity, new Cause("SeedDemonstration"), ct);
        Organisation bank = await db.Organisations.AsNoTracking().SingleAsync(o => o.PoolId == pool && o.Code == code, ct);
        Person maker = await db.People.AsNoTracking().Where(p => p.OrganisationId == bank.Id).OrderBy(p => p.Id).FirstAsync(ct);
        return new Acting(Scope.Bank, pool, bank.Id, bank.Id, maker.Id, maker.FullName);
    }

    internal static async Task ImportAsync(NpgsqlDataSource source, ImportRun run, Acting acting, ImportKind kind, string name, string? csv, DateOnly day, CancellationToken ct)
    {
        if (csv is null)
        {
            return;
        }

        string folder = Directory.CreateTempSubdirectory("fundpool-").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            await File.WriteAllTextAsync(path, csv, new UTF8Encoding(true), ct);
            await ImportNow.RunAsync(source, run, acting, kind, path, day, null, false, ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A file of real records under made-up names and numbers of our own.</summary>
    internal static string Loans(string file)
    {
        StringBuilder csv = new();
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = CsvRows.Parse(File.ReadAllText(file));
        csv.AppendLine(string.Join(',', rows[0].Keys));
        foreach (IReadOnlyDictionary<string, string> row in rows)
        {
            string id = row["borrower_id"];
            csv.AppendLine(string.Join(',', row.Select(cell => cell.Key switch
            {
                "contract_no" or "note_no" => Renumber(cell.Value),
                "borrower_name" => MadeUpNames.Borrower(id, row["borrower_kind"], row["industry"]),
                "purpose" => MadeUpNames.Purpose(row["note_no"]),
                "branch" => MadeUpNames.Branch(row["contract_no"]),
                _ => cell.Value,
            })));
        }

        return csv.ToString();
    }

    private static string Renumber(string number) => number.Replace("SBA", "YS", StringComparison.Ordinal);

    private static List<string> ClassLines(string records, string bank)
    {
        string file = Path.Combine(records, "classes", bank + ".csv");
        if (!File.Exists(file))
        {
            return [];
        }

        string[] lines = [.. File.ReadAllLines(file).Where(line => line.Length > 0)];
        if (!NplKept.TryGetValue(bank, out decimal kept))
        {
            return [.. lines];
        }

        Dictionary<string, decimal> lent = Directory.EnumerateFiles(Path.Combine(records, "loans", bank), "*.csv")
            .SelectMany(loans => CsvRows.Parse(File.ReadAllText(loans)))
            .DistinctBy(row => row["note_no"])
            .ToDictionary(row => row["note_no"], row => decimal.Parse(row["principal"], CultureInfo.InvariantCulture));
        decimal room = lent.Values.Sum() * kept;
        List<string> chosen = [lines[0]];
        foreach (string line in lines.Skip(1).OrderByDescending(line => line.Split(',')[2], StringComparer.Ordinal).ThenBy(line => line, StringComparer.Ordinal))
        {
            decimal principal = lent.GetValueOrDefault(line.Split(',')[0]);
            if (principal <= room)
            {
                room -= principal;
                chosen.Add(line);
            }
        }

        return chosen;
    }

    // The reports whose day has come, taken off the list; null when there is none.
    private static string? Take(List<string> lines, DateOnly day)
    {
        List<string> due = [.. lines.Skip(1).Where(line => line.Length > 0 && DateOnly.ParseExact(line.Split(',')[2], "yyyy-MM-dd") <= day)];
        lines.RemoveAll(due.Contains);
        return due.Count == 0 ? null : lines[0] + "\n" + string.Join('\n', due.Select(Renumber)) + "\n";
    }
}
