using System.Globalization;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Messages;

/// <summary>The sentences of messages that the database wrote: of a claim's history from the state that was reached, of the rest by what waits.</summary>
public static class MessageWords
{
    private static readonly Dictionary<string, (Words Title, Words? Note)> Known = new(StringComparer.Ordinal)
    {
        ["claim.draft"] = (new("{0}被行内复核退回，请修改后再交复核", "{0}: given back by your checker"), null),
        ["claim.checking"] = (new("{0}待行内复核", "{0}: to be checked inside the bank"), null),
        ["claim.submitted"] = (new("{0}已提交，待初审", "{0}: submitted, with the officer"), null),
        ["claim.submitted_again"] = (new("{0}被复审退回，请重新审核", "{0}: sent back by the chief, to be looked at again"), null),
        ["claim.proposed"] = (new("{0}已初审，待复审", "{0}: proposed, with the chief"), null),
        ["claim.returned"] = (new("{0}被退回，请补正", "{0}: returned for supplement"), new("须补正 {1} 项，已一次性告知；补正期间审核计时暂停", "Things to supplement: {1}, all named at once; the reviewer's clock stands meanwhile")),
        ["claim.returned_again"] = (new("{0}的补正被行内复核退回，请修改", "{0}: the supplement was given back by your checker"), null),
        ["claim.supplementing"] = (new("{0}的补正待行内复核", "{0}: the supplement is to be checked inside the bank"), null),
        ["claim.approved"] = (new("{0}审核通过，待列入公示批次", "{0}: approved, to be gathered for a notice"), null),
        ["claim.approved_again"] = (new("{0}已移出批次，待重新列入", "{0}: taken out of its batch, to be gathered again"), null),
        ["claim.rejected"] = (new("{0}审核不通过", "{0}: rejected"), new("可以申请一次复核", "A re-review may be asked for once")),
        ["claim.re_review"] = (new("{0}申请复核，待另一名初审人员办理", "{0}: re-review asked for, with another officer"), null),
        ["claim.re_review_again"] = (new("{0}的复核被退回，请重新办理", "{0}: the re-review was sent back by the chief"), null),
        ["claim.re_proposed"] = (new("{0}的复核待审定", "{0}: re-review with the chief"), null),
        ["claim.published"] = (new("{0}已公示", "{0}: in a public notice"), null),
        ["claim.objected"] = (new("{0}在公示期内被提出异议", "{0}: objected to during the notice"), new("该笔移出批次，由项目库管理机构复核；其余照常进行", "It leaves its batch and is examined again; the others go on")),
        ["claim.objected_again"] = (new("{0}的异议复核被退回，请重新办理", "{0}: the re-examination was sent back by the chief"), null),
        ["claim.re_examined"] = (new("{0}的异议复核待审定", "{0}: re-examination with the chief"), null),
        ["claim.clear"] = (new("{0}公示无异议，待下达资助计划", "{0}: nothing stands against it, to be planned"), null),
        ["claim.planned"] = (new("{0}已下达资助计划，请提交拨款资料", "{0}: in a funding plan, payment documents are awaited"), null),
        ["claim.planned_again"] = (new("{0}的拨款资料被退回，请补充后再提交", "{0}: the payment documents were returned"), null),
        ["claim.filed"] = (new("{0}的拨款资料待核验", "{0}: payment documents to be checked"), null),
        ["claim.payable"] = (new("{0}资料齐全，进入拨付队列", "{0}: documents complete, in the queue for the money"), null),
        ["claim.payable_again"] = (new("{0}的付款单已撤销，回到拨付队列", "{0}: the payment order was dropped, back in the queue"), null),
        ["claim.ordered"] = (new("{0}已制付款单，待放行", "{0}: in a payment order, to be released"), null),
        ["claim.paid"] = (new("{0}的补偿资金已拨付，请确认到账并转入补偿库", "{0}: paid; confirm the money and move the loan"), null),
        ["claim.withdrawn"] = (new("{0}已由银行撤回", "{0}: withdrawn by the bank"), null),
        ["objection.received"] = (new("收到公众来件 {0}，待处理", "{0} came from the public, to be decided on"), new("异议须在公示期满前处理；未处理的项目不会转入资助计划", "Decide on an objection before its notice ends; until then its item goes no further")),
        ["notice.draft"] = (new("有一份公示待发布", "A notice waits to be published"), null),
        ["plan.draft"] = (new("有一份资助计划待下达", "A funding plan waits to be issued"), null),
        ["status.proposed"] = (new("有一项银行状态变更待审定", "A change of a bank's status waits to be decided"), null),
        ["status.list"] = (new("{0}已列入严重失信主体名单", "{0} was put on the dishonesty list"), new("名单期间的新申请不能补偿", "New claims are not borne while it is on the list")),
        ["status.delist"] = (new("{0}已移出严重失信主体名单", "{0} was taken off the dishonesty list"), null),
        ["status.remove"] = (new("{0}的加盟资格已取消", "{0}: membership has ended"), new("不能再登记贷款和提出申请；回款、返还和答复照常办理", "No new loans or claims; recoveries, returns and answers go on")),
        ["status.readmit"] = (new("{0}已恢复加盟资格", "{0} is a member again"), null),
        ["receipt.entered"] = (new("收款 {0} 已录入，待审核入账", "Receipt {0} was entered, to be approved"), null),
        ["receipt.declined"] = (new("收款 {0} 被退回", "Receipt {0} was declined"), new("退回的理由见该笔收款的页面", "The reason stands on the receipt's page")),
        ["standing.warned"] = (new("{0}的不良率达到预警线", "{0}: the NPL ratio has reached the warning line"), new("审核照常进行，此前暂停的恢复审核；请核对分类并加快清收", "Reviews go on, and those that were held begin again; check the classes and collect")),
        ["standing.suspended"] = (new("{0}的不良率超过上限，暂停补偿审核", "{0}: the NPL ratio is above the limit, reviews are suspended"), new("新申请照常受理并按受理时间排队；登记、清收和返还照常", "New claims are taken with their time; registration, recoveries and returns go on")),
        ["standing.good"] = (new("{0}的不良率已回落到预警线以下", "{0}: the NPL ratio is below the warning line again"), new("此前暂停审核的申请恢复审核", "Claims that were held are reviewed again")),
    };

    /// <summary>The kinds that have words here.</summary>
    public static IReadOnlyCollection<string> Kinds => Known.Keys;

    public static Words TitleOf(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.TitleZh is { } zh)
        {
            return new Words(zh, message.TitleEn!);
        }

        Words title = Known.TryGetValue(message.Kind, out var known) ? known.Title : new Words("{0}状态有变化", "{0}: the state has changed");
        string many = message.Count.ToString(CultureInfo.InvariantCulture);
        if (!message.Kind.StartsWith("claim.", StringComparison.Ordinal))
        {
            return new Words(Fill(title.Zh, message.Number ?? ""), Fill(title.En, message.Number ?? ""));
        }

        return new Words(
            Fill(title.Zh, message.Number is { } one ? $"申请 {one} " : $"{many} 笔申请"),
            Fill(title.En, message.Number is { } single ? $"Claim {single}" : $"{many} claims"));
    }

    public static Words? NoteOf(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.NoteZh is { } zh)
        {
            return new Words(zh, message.NoteEn ?? zh);
        }

        return Known.TryGetValue(message.Kind, out var known) && known.Note is { } note && (message.Lacking is > 0 || !note.Zh.Contains("{1}", StringComparison.Ordinal))
            ? new Words(Fill(note.Zh, "", message.Lacking), Fill(note.En, "", message.Lacking))
            : null;
    }

    private static string Fill(string text, string subject, int? lacking = null) => string.Format(CultureInfo.InvariantCulture, text, subject, lacking);
}
