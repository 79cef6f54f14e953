using FundPool.Application.Compensation;
using FundPool.Application.Ledger;
using FundPool.Application.Notices;
using FundPool.Application.Objections;
using FundPool.Application.Payments;
using FundPool.Application.Pipeline;
using FundPool.Application.Plans;
using FundPool.Application.Reviews;
using FundPool.Domain.Kernel;
using FundPool.Domain.Ledger;
using FundPool.Domain.Rulebooks;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Demonstration;

/// <summary>What the authority and the treasurer do with approved claims, step by step, for the demonstration.</summary>
internal sealed class PaperDesk(DemonstrationStage stage, EndNoticePeriods periods)
{
    private const string Officer = "jingban@GXJ";
    private const string Chief = "fuzeren@GXJ";
    private const string Cashier = "jingban@JRZX";
    private const string Treasurer = "fuzeren@JRZX";
    private const long TenThousand = 10_000_00;

    /// <summary>Gathers claims and drafts their notice.</summary>
    public async Task<(long Batch, long Notice)> DraftAsync(string batch, IReadOnlyList<ClaimRef> claims, DateOnly drafted)
    {
        stage.Clock.GoTo(drafted);
        long id = await stage.DoAsync(Officer, new StartBatch.Command(batch, claims));
        return (id, await stage.DoAsync(Officer, new DraftNotice.Command(id, new NoticeFields(
            $"关于{batch}中小微企业银行贷款风险补偿项目公示的通知",
            "《深圳市中小微企业银行贷款风险补偿资金池管理实施细则》第二十条",
            "融资促进处，电话 0755-00000001，深圳市福田区（演示地址）",
            "机关纪委，电话 0755-00000002，深圳市福田区（演示地址）", 7))));
    }

    /// <summary>Gathers claims, drafts the notice and publishes it.</summary>
    public async Task<long> PublishAsync(string batch, IReadOnlyList<ClaimRef> claims, DateOnly drafted, DateOnly published)
    {
        (long id, long notice) = await DraftAsync(batch, claims, drafted);
        stage.Clock.GoTo(published);
        (int version, int batchVersion) = await stage.ReadAsync(Chief, async db => (
            await db.Notices.Where(n => n.PoolId == stage.Pool && n.Id == notice).Select(n => n.RowVersion).FirstAsync(),
            await db.Batches.Where(b => b.PoolId == stage.Pool && b.Id == id).Select(b => b.RowVersion).FirstAsync()));
        await stage.DoAsync(Chief, new PublishNotice.Command(notice, version, batchVersion, "同意发布"));
        return notice;
    }

    /// <summary>A company objects to an item of a running notice.</summary>
    public async Task<long> ObjectAsync(long notice, ClaimRef claim, DateOnly on, string content)
    {
        int item = await stage.ReadAsync(Officer, db => db.BatchItems.Where(i => i.PoolId == stage.Pool && i.BankId == claim.Bank && i.ClaimId == claim.Id && i.LeftAt == null
            && db.Notices.Any(n => n.PoolId == i.PoolId && n.Id == notice && n.BatchId == i.BatchId)).Select(i => i.N!.Value).FirstAsync());
        stage.Clock.GoTo(on);
        return await FromThePublicAsync(new FileObjection.Command("shenzhen", ObjectionKinds.Objection, notice, item,
            new ObjectionFields(true, "李建国", "深圳市示例供应链有限公司（演示）", "91440300192317458F", "13800138000", "深圳市南山区（演示地址）", null, content),
            Guid.NewGuid(), $"demonstration-{notice}-{item}", new MemoryStream(), ""));
    }

    /// <summary>Somebody reports an applicant.</summary>
    public Task<long> ReportAsync(DateOnly on)
    {
        stage.Clock.GoTo(on);
        return FromThePublicAsync(new FileObjection.Command("shenzhen", ObjectionKinds.Report, null, null,
            new ObjectionFields(false, "王丽华", null, null, "13900139000", "深圳市福田区（演示地址）", "公示清单中的第一家企业",
                "该企业已停止经营半年以上，注册地址查无此人，请核实其申请材料。"), Guid.NewGuid(), "demonstration-report", new MemoryStream(), ""));
    }

    /// <summary>The authority takes an objection up: the claim leaves its batch for the reviewer.</summary>
    public async Task TakeUpAsync(long objection, DateOnly on)
    {
        stage.Clock.GoTo(on);
        await stage.DoAsync(Officer, new DecideObjection.Command(objection, true, null, "异议人为利益相关单位，所述事实需要核实，转管理机构复核", "您的异议已受理，复核结果将另行告知。"));
    }

    /// <summary>Ends the notices whose period is over on a day.</summary>
    public async Task EndPeriodsAsync(DateOnly on)
    {
        stage.Clock.GoTo(on, 1);
        await periods.RunAsync(CancellationToken.None);
    }

    /// <summary>A plan of everything that is clear, drafted the day before it is issued.</summary>
    public async Task<long> PlanAsync(string title, DateOnly issued)
    {
        stage.Clock.GoTo(issued.AddDays(-1));
        List<ClaimRef> clear = await stage.ReadAsync(Officer, db => db.Claims.Where(c => c.PoolId == stage.Pool && c.State == "clear")
            .OrderBy(c => c.AcceptedAt).ThenBy(c => c.Id).Select(c => new ClaimRef(c.BankId, c.Id)).ToListAsync());
        long plan = await stage.DoAsync(Officer, new DraftPlan.Command(new PlanFields(title, "《深圳市中小微企业银行贷款风险补偿资金池管理实施细则》第二十条", clear)));
        stage.Clock.GoTo(issued);
        int version = await stage.ReadAsync(Chief, db => db.Plans.Where(p => p.PoolId == stage.Pool && p.Id == plan).Select(p => p.RowVersion).FirstAsync());
        await stage.DoAsync(Chief, new IssuePlan.Command(plan, version, "同意下达"));
        return plan;
    }

    /// <summary>The bank files its payment documents.</summary>
    public async Task<long> FileAsync(string bank, long plan, DateOnly filed)
    {
        string maker = $"jingban@{bank}";
        stage.Clock.GoTo(filed);
        foreach (MaterialRule paper in RulebookSet.Embedded("shenzhen")!.Home.Materials.Where(m => m.ForPayment))
        {
            await using MemoryStream pdf = new(SamplePdf.Of(paper.Name.En));
            await stage.DoAsync(maker, new AttachPaymentPaper.Command(plan, paper.Code, pdf, $"{paper.Name.Zh}.pdf"));
        }

        return await stage.DoAsync(maker, new FilePaymentDocuments.Command(plan, $"{bank}补偿资金专户（演示）", "4420 1500 0000 5251 88", "本行营业部"));
    }

    /// <summary>The treasurer finds the payment documents complete.</summary>
    public async Task AcceptAsync(string bank, long payout, DateOnly on, int hour = 10)
    {
        stage.Clock.GoTo(on, hour);
        await stage.DoAsync(Cashier, new CheckPaymentDocuments.Command(await BankAsync(bank), payout, true, "资料齐全"));
    }

    /// <summary>Orders the payment of those of a bank's claims of a plan that the money reaches.</summary>
    public async Task<long> OrderAsync(string bank, long plan, DateOnly on, int hour = 10)
    {
        stage.Clock.GoTo(on, hour);
        return await stage.DoAsync(Cashier, new PreparePaymentOrder.Command(await BankAsync(bank), plan, Key()));
    }

    /// <summary>Orders and releases the payment of a bank's claims of a plan.</summary>
    public async Task<long> PayAsync(string bank, long plan, DateOnly prepared, DateOnly released)
    {
        long order = await OrderAsync(bank, plan, prepared);
        stage.Clock.GoTo(released);
        await stage.DoAsync(Treasurer, new ReleasePaymentOrder.Command(await BankAsync(bank), order, Key()));
        return order;
    }

    /// <summary>What the account lacks for the first of the queue, in full ten thousands where the second one stays uncovered by that.</summary>
    public async Task<Money> LackingAsync()
    {
        (IReadOnlyList<QueuedClaim> queue, Money free) = await stage.ReadAsync(Cashier, async db => (await db.QueueAsync(CancellationToken.None), await db.FreeMoneyAsync(CancellationToken.None)));
        if (PaymentQueue.Places(queue, free) is not [{ IsCovered: false } first, { } second, ..])
        {
            throw new InvalidOperationException($"The queue of {queue.Count} with {free} free is not short of money for its first claim.");
        }

        Money exact = first.Claim.Sum - free, round = new((exact.Fen + TenThousand - 1) / TenThousand * TenThousand);
        return free + round < second.Ahead + second.Claim.Sum ? round : exact;
    }

    /// <summary>The bank's checker confirms the money.</summary>
    public async Task ConfirmAsync(string bank, long order, DateOnly on)
    {
        stage.Clock.GoTo(on);
        await stage.DoAsync($"fuhe@{bank}", new ConfirmReceipt.Command(order, on));
    }

    /// <summary>Money comes in: entered and approved.</summary>
    public async Task ReceiveAsync(string who, string kind, Money sum, DateOnly on, string document, string memo)
    {
        long receipt = await EnterAsync(who, kind, sum, on, document, memo);
        await stage.DoAsync(Treasurer, new DecideReceipt.Command(receipt, true, "与银行回单一致"));
    }

    /// <summary>Money that is entered and waits for approval.</summary>
    public Task<long> EnterAsync(string who, string kind, Money sum, DateOnly on, string document, string memo)
    {
        stage.Clock.GoTo(on);
        return stage.DoAsync(who, new EnterReceipt.Command(kind, sum, on, document, memo, Key()));
    }

    // Nothing that the public files is let in beyond a limit; the demonstration stays below it.
    private async Task<long> FromThePublicAsync(FileObjection.Command command)
    {
        Outcome<FileObjection.Answer> outcome = await stage.AsAnybodyAsync(command);
        string receipt = (outcome.Succeeded ? outcome.Value.Receipt : null)
            ?? throw new InvalidOperationException($"{command.Kind}: {outcome.Refusal?.Words.Zh ?? string.Join("; ", outcome.Problems.Select(p => $"{p.Field} {p.Message.Zh}"))}");
        return await stage.ReadAsync(Officer, db => db.Objections.Where(o => o.PoolId == stage.Pool && o.Receipt == receipt).Select(o => o.Id).FirstAsync());
    }

    private async Task<int> BankAsync(string bank) => (await stage.PersonAsync($"jingban@{bank}")).Acting.Bank!.Value;

    private static string Key() => Guid.NewGuid().ToString("N");
}
