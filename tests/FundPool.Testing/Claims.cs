using System.Globalization;
using System.Text.Json;
using FundPool.Application.Compensation;
using FundPool.Application.Loans;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FundPool.Testing;

/// <summary>Where a claim of a test lies.</summary>
public sealed record ClaimKey(int Bank, long Id, long Loan);

/// <summary>
/// Claims put into a state by plain SQL along the table of moves, for tests of one step that should not hang on all the steps before
/// it: a loan of 900,000 of 2026-01-15, non-performing since 2026-03-12, claimed on 2026-03-16 at 40 %, 360,000.00.
/// </summary>
public static class Claims
{
    private static int numbers;

    /// <summary>Twenty sound loans of 30 million, so that some bad ones leave the bank's ratio in order. Once a bank.</summary>
    public static async Task GoodBookAsync(this TestPortal portal, string bank)
    {
        if (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan where bank_id = $1 and principal_fen = 3000000000", portal.Bank(bank)) == 0)
        {
            await portal.ImportAsync(await portal.MakerAsync(bank), Application.Imports.ImportKind.Loans, LoanRows.Csv(Enumerable.Range(1, 20).Select(n => LoanRows.Sound(
                $"{bank}-GOOD-{n}", ("loan_date", "2026-01-05"), ("principal", "30000000.00"), ("total_balance", "30000000.00")))), asOf: "2026-01-20");
        }
    }

    /// <summary>A loan that has turned non-performing and may be claimed for.</summary>
    public static async Task<long> BadLoanAsync(this TestPortal portal, string bank, params (string Field, string? Value)[] changes)
    {
        await portal.GoodBookAsync(bank);
        TestActor maker = await portal.MakerAsync(bank);
        string note = string.Create(CultureInfo.InvariantCulture, $"{bank}-BAD-{Interlocked.Increment(ref numbers)}");
        await portal.ImportAsync(maker, Application.Imports.ImportKind.Loans, LoanRows.Csv(LoanRows.Sound(note,
            [("loan_date", "2026-01-15"), ("principal", "900000.00"), ("total_balance", "900000.00"), .. changes])), asOf: "2026-01-20");
        long loan = await portal.Database.ScalarAsync<long>("select id from loan.loan where note_no = $1", note);
        await portal.SendAsync(maker, new ReportClassification.Command(loan, "substandard", new DateOnly(2026, 3, 12), Money.Parse("900000.00"), 91, true));
        return loan;
    }

    /// <summary>A claim in a state, with the rows that the state implies: a version once submitted, a batch, a published notice, an issued plan.</summary>
    public static async Task<ClaimKey> ClaimAsync(this TestPortal portal, string bank, ClaimState state, params (string Field, string? Value)[] changes)
    {
        long loan = await portal.BadLoanAsync(bank, changes);
        int pool = portal.Database.Pool, owner = portal.Bank(bank);
        TestActor maker = await portal.MakerAsync(bank);
        TestActor checker = await portal.PersonAsync(bank, Domain.Tenancy.OrganisationKind.Bank, Domain.Tenancy.Role.Checker);
        await using NpgsqlConnection connection = await portal.Database.Owner.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        async Task<long> Run(string sql, params object[] values)
        {
#pragma warning disable CA2100 // the statements are this file's own
            await using NpgsqlCommand command = new(sql, connection, transaction);
#pragma warning restore CA2100
            foreach (object value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            return await command.ExecuteScalarAsync() is long answer ? answer : 0;
        }

        await Run("select set_config('app.at', $1, true), set_config('app.pool', $2, true)", "2026-03-16T02:00:00Z", pool.ToString(CultureInfo.InvariantCulture));
        (Case facts, ClaimRuling ruling) = await RulingAsync(portal, owner, loan);
        long id = await Run("""
            insert into compensation.claim (pool_id, bank_id, loan_id, number, risk_class, npl_date, credit_report_on, outstanding_fen, npl_principal_fen, hands, made_by, made_by_name)
            values ($1, $2, $3, $4 || '-2026-' || lpad(compensation.next_number('claim-' || $4, 2026)::text, 6, '0'), 'substandard', '2026-03-12', '2026-03-13', 90000000, 90000000, array[$5], $5, $6) returning id
            """, pool, owner, loan, bank, maker.Person, maker.Acting.PersonName);
        string materials = await MaterialsAsync(portal, Run, pool, owner, id, loan, maker);
        foreach (ClaimState next in PathTo(state))
        {
            switch (next)
            {
                case ClaimState.Submitted:
                    await Run("""
                        update compensation.claim set version = 1, applied_on = '2026-03-16', accepted_at = tenancy.moment(), checked_by = $4, checked_by_name = $5, rulebook = 'shenzhen-2024',
                          outcome = 'eligible', share_bp = $6, basis_fen = 90000000, amount_fen = $7, review_due = '2026-04-15' where pool_id = $1 and bank_id = $2 and id = $3
                        """, pool, owner, id, checker.Person, checker.Acting.PersonName, ruling.Share.BasisPoints, ruling.Amount.Fen);
                    FactsText text = FactsText.Of(Rulebooks, HolidayRow.Embedded(), ReferenceData.Embedded.Lpr.Rows);
                    await Run("insert into reference.snapshot (hash, content) values ($1, $2::jsonb) on conflict do nothing", text.Hash, text.Content);
                    await Run("""
                        insert into compensation.claim_version (pool_id, bank_id, claim_id, n, stated, ruled_case, ruling, facts_hash, materials, submitted_by, submitted_by_name)
                        values ($1, $2, $3, 1, $4::jsonb, $5::jsonb, $6::jsonb, $7, $8::jsonb, $9, $10)
                        """, pool, owner, id, """{"risk_class":"substandard","npl_date":"2026-03-12","credit_report_on":"2026-03-13","outstanding_principal":"900000.00","npl_principal":"900000.00","statement":null}""",
                        CaseJson.Write(bank, facts), ClaimRuling.Write(bank, ruling.Ruling, Rulebooks), text.Hash, materials, checker.Person, checker.Acting.PersonName);
                    break;
                case ClaimState.Approved:
                    await Run("update compensation.claim set approved_fen = amount_fen, approved_on = '2026-03-17' where pool_id = $1 and bank_id = $2 and id = $3", pool, owner, id);
                    break;
                case ClaimState.Rejected:
                    await Run("update compensation.claim set rejected_on = '2026-03-17' where pool_id = $1 and bank_id = $2 and id = $3", pool, owner, id);
                    break;
                case ClaimState.Batched:
                    long batch = await Run("insert into compensation.batch (pool_id, name, made_by, made_by_name) values ($1, '2026年第一批', 0, '测试') returning id", pool);
                    await Run("update compensation.claim set batch_id = $4 where pool_id = $1 and bank_id = $2 and id = $3", pool, owner, id, batch);
                    await Run("insert into compensation.batch_item (pool_id, bank_id, batch_id, claim_id, amount_fen) select pool_id, bank_id, batch_id, id, approved_fen from compensation.claim where pool_id = $1 and bank_id = $2 and id = $3", pool, owner, id);
                    break;
                case ClaimState.Planned:
                    long plan = await Run("""
                        insert into compensation.plan (pool_id, number, title, basis, state, total_fen, issued_on, issued_at, documents_due, content, sha256, made_by, made_by_name)
                        values ($1, '测试〔2026〕' || $2 || '号', '风险补偿项目资助计划', '实施细则第二十条', 'issued', 36000000, '2026-03-17', tenancy.moment(), '2026-03-20', '{}', repeat('0', 64), 0, '测试') returning id
                        """, pool, Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture));
                    await Run("insert into compensation.plan_item (pool_id, bank_id, plan_id, claim_id, n, amount_fen) select pool_id, bank_id, $4, id, 1, approved_fen from compensation.claim where pool_id = $1 and bank_id = $2 and id = $3", pool, owner, id, plan);
                    await Run("update compensation.claim set plan_id = $4 where pool_id = $1 and bank_id = $2 and id = $3", pool, owner, id, plan);
                    break;
                default:
                    break;
            }

            await Run("update compensation.claim set state = $4, row_version = row_version + 1 where pool_id = $1 and bank_id = $2 and id = $3", pool, owner, id, ClaimStates.All.Code(next));
            if (next == ClaimState.Published)
            {
                await Run("""
                    with over as (update compensation.batch b set state = 'published' from compensation.claim c where c.id = $2 and b.pool_id = $1 and b.id = c.batch_id returning b.id)
                    insert into compensation.notice (pool_id, batch_id, number, title, basis, consult, object, working_days, state, published_on, published_at, ends_on, content, sha256, made_by, made_by_name)
                    select $1, id, '公示' || id, '风险补偿项目公示', '实施细则第二十条', '咨询 0755-1', '异议 0755-2', 7, 'published', '2026-03-17', tenancy.moment(), '2026-03-25', '{}', repeat('0', 64), 0, '测试' from over
                    """, pool, id);
            }
        }

        await transaction.CommitAsync();
        return new ClaimKey(owner, id, loan);
    }

    /// <summary>The shortest way of moves from a draft, the draft left out.</summary>
    public static IReadOnlyList<ClaimState> PathTo(ClaimState state)
    {
        Dictionary<ClaimState, ClaimState> cameFrom = [];
        Queue<ClaimState> open = new([ClaimState.Draft]);
        while (open.TryDequeue(out ClaimState here) && here != state)
        {
            foreach (ClaimMove move in ClaimFlow.Moves.Where(move => move.From == here && move.To != ClaimState.Draft && cameFrom.TryAdd(move.To, here)))
            {
                open.Enqueue(move.To);
            }
        }

        List<ClaimState> path = [];
        for (ClaimState at = state; at != ClaimState.Draft; at = cameFrom[at])
        {
            path.Insert(0, at);
        }

        return path;
    }

    // A one-page PDF for every line of the checklist that the loan needs, so that a draft can be sent on as it stands.
    private static async Task<string> MaterialsAsync(TestPortal portal, Func<string, object[], Task<long>> run, int pool, int bank, long claim, long loan, TestActor maker)
    {
        byte[] content = "%PDF-1.4\n%%EOF\n"u8.ToArray();
        byte[] digest = System.Security.Cryptography.SHA256.HashData(content);
        Loan row = await LoanAsync(portal, bank, loan);
        List<VersionMaterial> materials = [];
        foreach (MaterialRule rule in Rulebooks.Home.Materials.Where(rule => !rule.ForPayment && rule.IsNeededFor(ClaimCase.Of(row, Facts, new BankFacts(false, false, false)).Loan)))
        {
            string name = rule.Name.Zh + ".pdf";
            long file = await run("insert into loan.file (pool_id, bank_id, sha256, size, content_type, name, created_by, created_at) values ($1, $2, $3, $4, 'application/pdf', $5, $6, tenancy.moment()) returning id",
                [pool, bank, digest, (long)content.Length, name, maker.Person]);
            await run("insert into loan.file_chunk (pool_id, bank_id, file_id, n, bytes) values ($1, $2, $3, 0, $4)", [pool, bank, file, content]);
            await run("insert into compensation.material (pool_id, bank_id, claim_id, code, file_id, uploaded_by, uploaded_by_name) values ($1, $2, $3, $4, $5, $6, $7)",
                [pool, bank, claim, rule.Code, file, maker.Person, maker.Acting.PersonName]);
            materials.Add(new VersionMaterial(rule.Code, file, name, Convert.ToHexStringLower(digest)));
        }

        return JsonSerializer.Serialize(materials, JsonSerializerOptions.Web);
    }

    private static RulebookSet Rulebooks => RulebookSet.Embedded("shenzhen")!;

    private static ClaimFacts Facts { get; } = new()
    {
        RiskClass = RiskClass.Substandard,
        NplDate = new DateOnly(2026, 3, 12),
        AppliedOn = new DateOnly(2026, 3, 16),
        CreditReportOn = new DateOnly(2026, 3, 13),
        OutstandingPrincipal = Money.Parse("900000.00"),
        NplPrincipal = Money.Parse("900000.00"),
    };

    private static async Task<Loan> LoanAsync(TestPortal portal, int bank, long loan)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        return await db.Loans.AsNoTracking().FirstAsync(l => l.BankId == bank && l.Id == loan);
    }

    private static async Task<(Case, ClaimRuling)> RulingAsync(TestPortal portal, int bank, long loan)
    {
        Case facts = ClaimCase.Of(await LoanAsync(portal, bank, loan), Facts, new BankFacts(false, false, false));
        return (facts, ClaimRuling.On(facts, Rulebooks, ReferenceData.Embedded));
    }
}
