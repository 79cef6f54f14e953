using FundPool.Application.Compensation;
using FundPool.Application.Ledger;
using FundPool.Application.Notices;
using FundPool.Application.Objections;
using FundPool.Application.Payments;
using FundPool.Application.Plans;
using FundPool.Application.Reviews;
using FundPool.Domain.Kernel;
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

    /// <summary>Gathers claims, drafts the notice and publishes it.</summary>
    public async Task<long> PublishAsync(string batch, IReadOnlyList<ClaimRef> claims, DateOnly drafted, DateOnly published)
    {
        stage.Clock.GoTo(drafted);
        long id = await stage.DoAsync(Officer, new StartBatch.Command(batch, claims));
        long notice = await stage.DoAsync(Officer, new DraftNotice.Command(id, new NoticeFields(
            $"关于{batch}中小微企业银行贷款风险补偿项目公示的通知",
            "《深圳市中小微企业银行贷款风险补偿资金池管理实施细则》第二十条",
            "融资促进处，电话 0755-00000001，深圳市福田区（演示地址）",
            "机关纪委，电话 0755-00000002，深圳市福田区（演示地址）", 7)));
        stage.Clock.GoTo(published);
        (int version, int batchVersion) = await stage.ReadAsync(Chief, async db => (
            await db.Notices.Where(n => n.PoolId == stage.Pool && n.Id == notice).Select(n => n.RowVersion).FirstAsync(),
            await db.Batches.Where(b => b.PoolId == stage.Pool && b.Id == id).Select(b => b.RowVersion).FirstAsync()));
        await stage.DoAsync(Chief, new PublishNotice.Command(notice, version, batchVersion, "同意发布"));
        return notice;
    }

    /// <summary>A company objects to an item of a running notice, and somebody reports an applicant.</summary>
    public async Task ObjectAsync(long notice, int item, DateOnly on)
    {
        stage.Clock.GoTo(on);
        await stage.AsAnybodyAsync(new FileObjection.Command("shenzhen", ObjectionKinds.Objection, notice, item,
            new ObjectionFields(true, "李建国", "深圳市示例供应链有限公司（演示）", "91440300192317458F", "13800138000", "深圳市南山区（演示地址）", null,
                "该企业的上述贷款实际用于归还其法定代表人的个人借款，有转账凭证可以提供。"), Guid.NewGuid(), "demonstration-1", new MemoryStream(), ""));
        await stage.AsAnybodyAsync(new FileObjection.Command("shenzhen", ObjectionKinds.Report, notice, null,
            new ObjectionFields(false, "王丽华", null, null, "13900139000", "深圳市福田区（演示地址）", "公示清单中的第一家企业",
                "该企业已停止经营半年以上，注册地址查无此人，请核实其申请材料。"), Guid.NewGuid(), "demonstration-2", new MemoryStream(), ""));
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

    /// <summary>The bank files its payment documents and the treasurer finds them complete; false where the plan has nothing of the bank.</summary>
    public async Task<bool> FileAsync(string bank, long plan, DateOnly filed, DateOnly accepted)
    {
        string maker = $"jingban@{bank}";
        int own = (await stage.PersonAsync(maker)).Acting.Bank!.Value;
        if (!await stage.ReadAsync(maker, db => db.Claims.AnyAsync(c => c.PoolId == stage.Pool && c.BankId == own && c.PlanId == plan)))
        {
            return false;
        }

        stage.Clock.GoTo(filed);
        foreach (MaterialRule paper in RulebookSet.Embedded("shenzhen")!.Home.Materials.Where(m => m.ForPayment))
        {
            await using MemoryStream pdf = new(SamplePdf.Of(paper.Name.En));
            await stage.DoAsync(maker, new AttachPaymentPaper.Command(plan, paper.Code, pdf, $"{paper.Name.Zh}.pdf"));
        }

        long payout = await stage.DoAsync(maker, new FilePaymentDocuments.Command(plan, $"{bank}补偿资金专户（演示）", "4420 1500 0000 5251 88", "本行营业部"));
        stage.Clock.GoTo(accepted);
        await stage.DoAsync(Cashier, new CheckPaymentDocuments.Command(own, payout, true, "资料齐全"));
        return true;
    }

    /// <summary>Orders and releases the payment of a bank's claims of a plan.</summary>
    public async Task<long> PayAsync(string bank, long plan, DateOnly prepared, DateOnly released)
    {
        int own = (await stage.PersonAsync($"jingban@{bank}")).Acting.Bank!.Value;
        stage.Clock.GoTo(prepared);
        long order = await stage.DoAsync(Cashier, new PreparePaymentOrder.Command(own, plan, Key()));
        stage.Clock.GoTo(released);
        await stage.DoAsync(Treasurer, new ReleasePaymentOrder.Command(own, order, Key()));
        return order;
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

    private static string Key() => Guid.NewGuid().ToString("N");
}
