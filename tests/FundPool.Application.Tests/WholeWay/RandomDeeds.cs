using System.Globalization;
using System.Text;
using FundPool.Application.Compensation;
using FundPool.Application.Ledger;
using FundPool.Application.Loans;
using FundPool.Application.Notices;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Application.Plans;
using FundPool.Application.Reviews;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.EntityFrameworkCore;


namespace FundPool.Application.Tests.WholeWay;

/// <summary>
/// One seeded run of random deeds by random people through the use cases. Everybody holds every permission of the own organisation, so that
/// it is the rules which keep two people apart and not the roles; some deeds fit the claim's state, others are thrown in blindly.
/// </summary>
internal sealed class RandomDeeds(TestPortal portal, int seed)
{
#pragma warning disable CA5394 // a seed for the test's own dice
    private readonly Random dice = new(seed);

    private int Throw(int sides) => dice.Next(sides);
#pragma warning restore CA5394

    private readonly Dictionary<string, TestActor[]> cast = [];
    private long file;

    /// <summary>How many deeds were done, refused by a rule, answered as bad input or not found, and denied.</summary>
    public Dictionary<string, int> Told { get; } = new() { ["done"] = 0, ["refused"] = 0, ["bad"] = 0, ["denied"] = 0 };

    public async Task OpenAsync()
    {
        foreach ((string code, OrganisationKind kind, Role role) in ((string, OrganisationKind, Role)[])
                 [("B001", OrganisationKind.Bank, Role.Maker), ("B002", OrganisationKind.Bank, Role.Maker), ("GXT", OrganisationKind.Reviewer, Role.Officer),
                  ("GXJ", OrganisationKind.Authority, Role.Officer), ("JRZX", OrganisationKind.Treasurer, Role.Officer)])
        {
            IReadOnlySet<Permission> all = Membership.PermissionsOf(kind, Membership.RolesOf(kind));
            List<TestActor> people = [];
            for (int i = 0; i < 4; i++)
            {
                people.Add(await portal.PersonAsync(code, kind, role) with { Permissions = all });
            }

            cast[code] = [.. people];
        }

        await portal.AppropriateAsync("700000.00");
        foreach (string bank in (string[])["B001", "B002"])
        {
            for (int i = 0; i < 5; i++)
            {
                await portal.BadLoanAsync(bank);
            }
        }
    }

    /// <summary>One deed.</summary>
    public async Task DeedAsync()
    {
        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        List<Claim> claims = await db.Claims.AsNoTracking().OrderBy(c => c.Id).ToListAsync();
        Claim? claim = claims.Count == 0 ? null : claims[Throw(claims.Count)];
        bool fitting = Throw(4) > 0;
        int deed = claim is null || Throw(12) == 0 ? 0 : fitting ? Fitting(claim.State) : Throw(24);
        await TellAsync(() => TakeAsync(deed, claim, claims, db));
    }

    private int Fitting(string state) => state switch
    {
        "draft" => Throw(2) + 2,
        "checking" or "supplementing" => Throw(4) == 0 ? 4 : 5,
        "submitted" or "re_review" => 6,
        "returned" => Throw(2) == 0 ? 2 : 3,
        "proposed" or "re_proposed" => 7,
        "approved" => Throw(6) == 0 ? 8 : 9,
        "rejected" => 8,
        "batched" => Throw(5) == 0 ? 10 : 11,
        "published" => 12,
        "clear" => Throw(2) == 0 ? 13 : 14,
        "planned" => 15,
        "filed" => 16,
        "payable" => 17,
        "ordered" => Throw(6) == 0 ? 19 : 18,
        "paid" => 20,
        _ => 21 + Throw(3),
    };

    private TestActor Any(string code) => cast[code][Throw(4)];

    // Two of the four mostly write, so that somebody is left who had no hand in it.
    private TestActor Writer(string code) => Throw(10) == 0 ? Who(code) : cast[code][Throw(2)];

    // Mostly somebody of the organisation whose turn it is, sometimes anybody at all.
    private TestActor Who(string code) => Throw(8) == 0 ? cast.Values.ElementAt(Throw(cast.Count))[Throw(4)] : Any(code);

    private string CodeOf(Claim claim) => claim.BankId == portal.Bank("B001") ? "B001" : "B002";

    private async Task<IOutcome> TakeAsync(int deed, Claim? claim, List<Claim> claims, FundPoolDb db)
    {
        string bank = claim is null ? (Throw(2) == 0 ? "B001" : "B002") : CodeOf(claim);
        switch (deed)
        {
            case 0:
                Loan[] bad = await db.Loans.AsNoTracking().Where(l => l.NplSince != null).ToArrayAsync();
                Loan loan = bad[Throw(bad.Length)];
                return await portal.SendAsync(Writer(loan.BankId == portal.Bank("B001") ? "B001" : "B002"), new StartClaim.Command(loan.Id));
            case 1 or 2:
                return await SaveAsync(claim!, bank, db);
            case 3:
                return await portal.SendAsync(Writer(bank), new SendToChecker.Command(claim!.Id));
            case 4:
                return await portal.SendAsync(Who(bank), new GiveBackClaim.Command(claim!.Id, "请核对"));
            case 5:
                return await portal.SendAsync(Who(bank), new SubmitClaim.Command(claim!.Id, "同意"));
            case 6:
                return await ProposeAsync(claim!);
            case 7:
                long review = await db.Reviews.Where(r => r.ClaimId == claim!.Id).OrderByDescending(r => r.Id).Select(r => r.Id).FirstOrDefaultAsync();
                return await portal.SendAsync(Who("GXT"), new DecideReview.Command(claim!.BankId, claim.Id, review, Throw(6) > 0, "意见"));
            case 8:
                return await portal.SendAsync(Who(bank), new AskReReview.Command(claim!.Id, "请复核"));
            case 9:
                return await portal.SendAsync(Who("GXJ"), new StartBatch.Command($"批次{Throw(1000)}", [.. claims.Where(c => c.State == "approved" && Throw(3) > 0).Append(claim!).DistinctBy(c => c.Id).Select(Ref)]));
            case 10:
                return await portal.SendAsync(Who("GXJ"), new TakeFromBatch.Command(claim!.BatchId ?? 0, Ref(claim), "移出"));
            case 11:
                return await PublishAsync(claim!, db);
            case 12:
                portal.Clock.Advance(TimeSpan.FromDays(Throw(6) + 1));
                await new EndNoticePeriods(portal.Database.App, portal.Rules, portal.Clock).RunAsync(CancellationToken.None);
                return (Outcome<Done>)default(Done);
            case 13:
                return await portal.SendAsync(Who("GXJ"), new DraftPlan.Command(new PlanFields("资助计划", "第二十条", [.. claims.Where(c => c.State == "clear").Select(Ref)])));
            case 14:
                Plan? plan = await db.Plans.AsNoTracking().Where(p => p.State == "draft").OrderByDescending(p => p.Id).FirstOrDefaultAsync();
                return await portal.SendAsync(Who("GXJ"), new IssuePlan.Command(plan?.Id ?? 0, plan?.RowVersion ?? 0));
            case 15:
                return await FileAsync(claim!, bank);
            case 16:
                long payout = await db.Payouts.Where(p => p.BankId == claim!.BankId && p.PlanId == claim.PlanId).OrderByDescending(p => p.Id).Select(p => p.Id).FirstOrDefaultAsync();
                return await portal.SendAsync(Who("JRZX"), new CheckPaymentDocuments.Command(claim!.BankId, payout, Throw(5) > 0, "核验"));
            case 17:
                return await portal.SendAsync(Who("JRZX"), new PreparePaymentOrder.Command(claim!.BankId, claim.PlanId ?? 0, MoneyIn.Key()));
            case 18 or 19 or 20:
                return await OrderAsync(deed, claim!, bank, db);
            case 21:
                return await portal.SendAsync(Who("JRZX"), new EnterReceipt.Command("appropriation", new Money((Throw(4) + 1) * 20_000_000L), new DateOnly(2026, 3, 2), "文号", "拨款", MoneyIn.Key()));
            case 22:
                long receipt = (await portal.Database.ColumnAsync("select id from ledger.receipt order by id desc limit 1")) is [{ } last] ? long.Parse(last, CultureInfo.InvariantCulture) : 0;
                return await portal.SendAsync(Who("JRZX"), new DecideReceipt.Command(receipt, Throw(6) > 0, "审核"));
            case 23 when Throw(2) == 0:
                // A large loan turns bad and the bank is suspended, or recovers and the bank resumes.
                long large = await db.Loans.Where(l => l.BankId == portal.Bank(bank) && l.PrincipalFen == 3_000_000_000).OrderBy(l => l.Id).Select(l => l.Id).FirstAsync();
                return await portal.SendAsync(Who(bank), new ReportClassification.Command(large, Throw(3) == 0 ? "substandard" : "normal", portal.Rules.Today, Money.Parse("30000000.00"), 0, true));
            default:
                return await portal.SendAsync(Who(bank), new WithdrawClaim.Command(Throw(6) == 0 ? claim!.Id : 0, "撤回"));
        }
    }

    private static ClaimRef Ref(Claim claim) => new(claim.BankId, claim.Id);

    private async Task<IOutcome> SaveAsync(Claim claim, string bank, FundPoolDb db)
    {
        TestActor maker = Writer(bank);
        if (Throw(4) > 0 && maker.Acting.Bank == claim.BankId)
        {
            await GiveMaterialsAsync(claim, maker);
        }

        string?[] cells = new string?[ClaimFields.All.Count];
        cells[(int)ClaimColumn.RiskClass] = "substandard";
        cells[(int)ClaimColumn.NplDate] = "2026-03-12";
        cells[(int)ClaimColumn.CreditReportOn] = portal.Rules.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        cells[(int)ClaimColumn.OutstandingPrincipal] = Throw(5) == 0 ? "850000.00" : "900000.00";
        cells[(int)ClaimColumn.NplPrincipal] = "900000.00";
        Dictionary<long, string?> answers = await db.Deficiencies.Where(d => d.ClaimId == claim.Id).ToDictionaryAsync(d => d.Id, _ => (string?)"已补充");
        return await portal.SendAsync(maker, new SaveClaim.Command(claim.Id, cells, claim.RowVersion, answers));
    }

    // One upload through the use case is tested elsewhere; here the checklist is filled at a stroke.
    private async Task GiveMaterialsAsync(Claim claim, TestActor maker)
    {
        if (file == 0 || Throw(10) == 0)
        {
            await using MemoryStream pdf = new(Encoding.ASCII.GetBytes("%PDF-1.7 x"));
            await portal.SendAsync(maker, new UploadMaterials.Command(claim.Id, "other", [new UploadMaterials.Upload(pdf, "其他.pdf")]));
        }

        file = (await portal.Database.ColumnAsync("select max(id) from loan.file where bank_id = $1", claim.BankId)) is [{ } id] ? long.Parse(id, CultureInfo.InvariantCulture) : 0;
        if (file > 0)
        {
            await portal.Database.ExecuteAsync("""
                insert into compensation.material (pool_id, bank_id, claim_id, code, file_id, uploaded_by, uploaded_by_name)
                select $1, $2, $3, code, $4, $5, '测试' from unnest($6::text[]) code
                where not exists (select from compensation.material m where m.claim_id = $3 and m.code = code and m.withdrawn_at is null)
                """, claim.PoolId, claim.BankId, claim.Id, file, maker.Person,
                new[] { "claim_form", "contract", "note", "payment_proof", "class_approval", "balance_statement", "credit_report", "use_of_funds", "collection_record", "no_other_support" });
        }
    }

    private Task<Outcome<long>> ProposeAsync(Claim claim)
    {
        string proposal = Throw(6) switch { 0 => "reject", 1 => "return", _ => "approve" };
        bool part = proposal == "approve" && Throw(3) == 0;
        return portal.SendAsync(Who("GXT"), new ProposeReview.Command(claim.BankId, claim.Id, claim.RowVersion, proposal,
            part ? [new Deducted("other", Throw(1_000_000) + 1, "核减")] : [], Throw(8) == 0 ? [] : [new Mark("purpose", "confirmed", null)],
            proposal == "reject" ? [new Ground("15(2)", "purpose", "用途不符")] : [], proposal == "return" ? [new Lack("missing", "contract", "缺页")] : [], "意见"));
    }

    private async Task<IOutcome> PublishAsync(Claim claim, FundPoolDb db)
    {
        Data.Compensation.Notice? draft = await db.Notices.AsNoTracking().Where(n => n.BatchId == claim.BatchId && n.State == "draft").FirstOrDefaultAsync();
        if (draft is null)
        {
            return await portal.SendAsync(Who("GXJ"), new DraftNotice.Command(claim.BatchId ?? 0, new NoticeFields("公示", "第二十条", "咨询", "异议", 7)));
        }

        int batch = await db.Batches.Where(b => b.Id == claim.BatchId).Select(b => b.RowVersion).FirstAsync();
        return await portal.SendAsync(Who("GXJ"), new PublishNotice.Command(draft.Id, draft.RowVersion, batch));
    }

    private async Task<IOutcome> FileAsync(Claim claim, string bank)
    {
        TestActor maker = Who(bank);
        foreach (string code in FundPool.Testing.Payments.Papers)
        {
            await using MemoryStream pdf = new(Encoding.ASCII.GetBytes($"%PDF-1.7 {code}"));
            Outcome<long> paper = await portal.SendAsync(maker, new AttachPaymentPaper.Command(claim.PlanId ?? 0, code, pdf, $"{code}.pdf"));
            if (!paper.Succeeded)
            {
                return paper;
            }
        }

        return await portal.SendAsync(maker, new FilePaymentDocuments.Command(claim.PlanId ?? 0, "某银行深圳分行", "4403 0100 1234 5678", "营业部"));
    }

    private async Task<IOutcome> OrderAsync(int deed, Claim claim, string bank, FundPoolDb db)
    {
        PaymentOrder? order = await db.PaymentOrders.AsNoTracking().Where(o => o.BankId == claim.BankId && o.PlanId == claim.PlanId).OrderByDescending(o => o.Id).FirstOrDefaultAsync();
        long id = order?.Id ?? 0;
        return deed switch
        {
            18 => await portal.SendAsync(Who("JRZX"), new ReleasePaymentOrder.Command(claim.BankId, id, MoneyIn.Key())),
            19 => await portal.SendAsync(Who("JRZX"), new DropPaymentOrder.Command(claim.BankId, id, "撤销")),
            _ => await portal.SendAsync(Who(bank), new ConfirmReceipt.Command(id, portal.Rules.Today)),
        };
    }

    private async Task TellAsync(Func<Task<IOutcome>> deed)
    {
        try
        {
            IOutcome outcome = await deed();
            bool refused = outcome.GetType().GetProperty("Refusal")!.GetValue(outcome) is not null;
            Told[outcome.Succeeded ? "done" : refused ? "refused" : "bad"]++;
        }
        catch (Exception denied) when (denied is PermissionDeniedException || denied.Message is "Only a bank does this.")
        {
            Told["denied"]++;
        }
    }
}
