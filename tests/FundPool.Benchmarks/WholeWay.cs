using System.Diagnostics;
using System.Globalization;
using System.Text;
using FundPool.Application.Compensation;
using FundPool.Application.Imports;
using FundPool.Application.Notices;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Application.Plans;
using FundPool.Application.Reviews;
using FundPool.Application.Verification;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;

namespace FundPool.Benchmarks;

/// <summary>Claims of two banks brought through the use cases one by one from the checker's submission to the payment: claims a second and statements a claim, step by step.</summary>
internal static class WholeWay
{
    private static long statements;

    public static async Task<int> RunAsync(int claims)
    {
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = _ => Interlocked.Increment(ref statements),
        };
        ActivitySource.AddActivityListener(listener);
        await using TestPortal portal = await TestPortal.OpenAsync();
        List<ClaimRef> all = [];
        foreach (string bank in (string[])["B001", "B002"])
        {
            all.AddRange(await CheckingAsync(portal, bank, claims / 2));
        }

        await portal.AppropriateAsync((claims * 360_000L).ToString(CultureInfo.InvariantCulture) + ".00");
        TestActor officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer), chief = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Chief);
        TestActor clerk = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Officer), head = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Chief);
        TestActor cashier = await portal.TreasurerAsync(), treasurer = await portal.TreasurerAsync(Role.Chief);
        Dictionary<int, TestActor> checkers = new() { [portal.Bank("B001")] = await portal.CheckerAsync("B001"), [portal.Bank("B002")] = await portal.CheckerAsync("B002") };
        Stopwatch whole = Stopwatch.StartNew();
        long before = Interlocked.Read(ref statements);

        await StepAsync("submit", all.Count, async () =>
        {
            foreach (ClaimRef claim in all)
            {
                Good(await portal.SendAsync(checkers[claim.Bank], new SubmitClaim.Command(claim.Id, "同意")));
            }
        });
        long[] reviews = new long[all.Count];
        await StepAsync("propose", all.Count, async () =>
        {
            for (int i = 0; i < all.Count; i++)
            {
                int version = await portal.Database.ScalarAsync<int>("select row_version from compensation.claim where bank_id = $1 and id = $2", all[i].Bank, all[i].Id);
                reviews[i] = Good(await portal.SendAsync(officer, new ProposeReview.Command(all[i].Bank, all[i].Id, version, "approve", [], [new("purpose", "confirmed", null)], [], [], "资料齐全")));
            }
        });
        await StepAsync("decide", all.Count, async () =>
        {
            for (int i = 0; i < all.Count; i++)
            {
                Good(await portal.SendAsync(chief, new DecideReview.Command(all[i].Bank, all[i].Id, reviews[i], true, "同意")));
            }
        });
        await StepAsync("batch and publish", all.Count, async () =>
        {
            long batch = Good(await portal.SendAsync(clerk, new StartBatch.Command("测算批次", all)));
            long notice = Good(await portal.SendAsync(clerk, new DraftNotice.Command(batch, new NoticeFields("公示", "第二十条", "咨询", "异议", 7))));
            ShowNotice.Answer shown = Good(await portal.SendAsync(clerk, new ShowNotice.Query(notice)));
            Good(await portal.SendAsync(head, new PublishNotice.Command(notice, shown.Notice.RowVersion, shown.BatchVersion)));
        });
        portal.Clock.Advance(TimeSpan.FromDays(14));
        await StepAsync("end of the notice", all.Count, () => new EndNoticePeriods(portal.Database.App, portal.Rules, portal.Clock).RunAsync(CancellationToken.None));
        long plan = 0;
        await StepAsync("plan", all.Count, async () =>
        {
            plan = Good(await portal.SendAsync(clerk, new DraftPlan.Command(new PlanFields("资助计划", "第二十条", all))));
            int version = await portal.Database.ScalarAsync<int>("select row_version from compensation.plan where id = $1", plan);
            Good(await portal.SendAsync(head, new IssuePlan.Command(plan, version)));
        });
        await StepAsync("documents, order, payment", all.Count, async () =>
        {
            foreach (string code in (string[])["B001", "B002"])
            {
                PlanKey key = new(portal.Bank(code), code, plan, []);
                await portal.FiledAsync(key);
                Good(await portal.SendAsync(cashier, new CheckPaymentDocuments.Command(key.Bank, await portal.PayoutAsync(key), true, null)));
                long order = Good(await portal.SendAsync(cashier, new PreparePaymentOrder.Command(key.Bank, plan, MoneyIn.Key())));
                Good(await portal.SendAsync(treasurer, new ReleasePaymentOrder.Command(key.Bank, order, MoneyIn.Key())));
            }
        });
        long paid = await portal.Database.ScalarAsync<long>("select count(*) from compensation.claim where state = 'paid'");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{paid} of {all.Count} paid in {whole.Elapsed.TotalSeconds:0.0} s: {all.Count / whole.Elapsed.TotalSeconds:0.0} claims/s, {(Interlocked.Read(ref statements) - before) / (double)all.Count:0.0} statements a claim"));
        IReadOnlyList<Violation> violations = await VerifyDatabase.RunAsync(portal.Database.Owner, _ => { }, 10, CancellationToken.None);
        Console.WriteLine($"verify: {violations.Count} violations");
        return paid == all.Count && violations.Count == 0 ? 0 : 1;
    }

    private static T Good<T>(Outcome<T> outcome) => outcome.Succeeded ? outcome.Value
        : throw new InvalidOperationException(outcome.Refusal?.Words.Zh ?? string.Join("; ", outcome.Problems.Select(problem => problem.Message.Zh)));

    private static async Task StepAsync(string name, int claims, Func<Task> work)
    {
        long before = Interlocked.Read(ref statements);
        Stopwatch time = Stopwatch.StartNew();
        await work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {time.Elapsed.TotalSeconds,7:0.0} s {claims / time.Elapsed.TotalSeconds,8:0} claims/s {(Interlocked.Read(ref statements) - before) / (double)claims,7:0.0} statements a claim"));
    }

    // Claims with their documents on the checker's desk; how they come there is not measured.
    private static async Task<List<ClaimRef>> CheckingAsync(TestPortal portal, string bank, int claims)
    {
        TestActor maker = await portal.MakerAsync(bank);
        await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(Enumerable.Range(1, claims).Select(n => LoanRows.Sound($"{bank}-GOOD-{n}", ("loan_date", "2026-01-05"), ("principal", "30000000.00"), ("total_balance", "30000000.00")))
            .Concat(Enumerable.Range(1, claims).Select(n => LoanRows.Sound($"{bank}-BAD-{n}", ("loan_date", "2026-01-15"), ("principal", "900000.00"), ("total_balance", "900000.00"))))), asOf: "2026-01-20");
        StringBuilder classes = new("note_no,risk_class,class_date,outstanding_principal,overdue_days\n");
        for (int n = 1; n <= claims; n++)
        {
            classes.Append(CultureInfo.InvariantCulture, $"{bank}-BAD-{n},substandard,2026-03-12,900000.00,91\n");
        }

        await portal.ImportAsync(maker, ImportKind.Classes, classes.ToString());
        List<ClaimRef> made = [];
        foreach (string? loan in await portal.Database.ColumnAsync("select id from loan.loan where bank_id = $1 and npl_since is not null order by id", portal.Bank(bank)))
        {
            long claim = Good(await portal.SendAsync(maker, new StartClaim.Command(long.Parse(loan!, CultureInfo.InvariantCulture))));
            string?[] cells = ["", "substandard", "2026-03-12", "2026-03-17", "900000.00", "900000.00", "测算"];
            Good(await portal.SendAsync(maker, new SaveClaim.Command(claim, cells, 1)));
            made.Add(new ClaimRef(portal.Bank(bank), claim));
        }

        await using (MemoryStream pdf = new(Encoding.ASCII.GetBytes("%PDF-1.7 x")))
        {
            Good(await portal.SendAsync(maker, new UploadMaterials.Command(made[0].Id, "other", [new UploadMaterials.Upload(pdf, "其他.pdf")])));
        }

        await portal.Database.ExecuteAsync("""
            insert into compensation.material (pool_id, bank_id, claim_id, code, file_id, uploaded_by, uploaded_by_name)
            select c.pool_id, c.bank_id, c.id, code, (select max(id) from loan.file f where f.bank_id = c.bank_id), $2, '测算' from compensation.claim c
            cross join unnest(array['claim_form', 'contract', 'note', 'payment_proof', 'class_approval', 'balance_statement', 'credit_report', 'use_of_funds', 'collection_record', 'no_other_support']) code
            where c.bank_id = $1
            """, portal.Bank(bank), maker.Person);
        foreach (ClaimRef claim in made)
        {
            Good(await portal.SendAsync(maker, new SendToChecker.Command(claim.Id)));
        }

        return made;
    }
}
