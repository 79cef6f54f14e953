using System.Collections.Frozen;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.AuditTrail;

/// <summary>What the record calls each deed: every request that writes, and what the system does by itself.</summary>
public static class ActionNames
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["RegisterLoan"] = Key.Of("登记贷款（单笔）"),
        ["RegisterLoans"] = Key.Of("登记贷款（批量）"),
        ["EditLoan"] = Key.Of("修改贷款"),
        ["ReportClassification"] = Key.Of("报告五级分类"),
        ["ReportClassifications"] = Key.Of("批量报告五级分类"),
        ["ProposeCorrection"] = Key.Of("申请更正"),
        ["WithdrawCorrection"] = Key.Of("撤回更正申请"),
        ["DecideCorrection"] = Key.Of("审核更正申请"),
        ["AttachDocument"] = Key.Of("上传材料"),
        ["OpenDocument"] = Key.Of("查看材料"),
        ["WithdrawDocument"] = Key.Of("撤下材料"),
        ["UnmaskBorrower"] = Key.Of("查看完整证件号码"),
        ["ExportLoans"] = Key.Of("导出贷款清单"),
        ["UploadFile"] = Key.Of("上传导入文件"),
        ["CheckImport"] = Key.Of("检查导入文件"),
        ["DecideImport"] = Key.Of("确认或放弃导入"),
        ["OpenImportFile"] = Key.Of("下载导入文件"),
        ["GiveUpImport"] = Key.Of("导入因系统错误中止"),
        ["MeasureEveryBank"] = Key.Of("每日测算不良率"),
        ["OpenMessage"] = Key.Of("打开消息"),
        ["ReadMessages"] = Key.Of("消息标为已读"),
        ["StartClaim"] = Key.Of("发起补偿申请"),
        ["SaveClaim"] = Key.Of("保存补偿申请"),
        ["SendToChecker"] = Key.Of("提交行内复核"),
        ["GiveBackClaim"] = Key.Of("退回经办"),
        ["SubmitClaim"] = Key.Of("复核并提交补偿申请"),
        ["WithdrawClaim"] = Key.Of("撤回补偿申请"),
        ["AskReReview"] = Key.Of("申请复核"),
        ["StartBatch"] = Key.Of("组成批次"),
        ["AddToBatch"] = Key.Of("列入批次"),
        ["TakeFromBatch"] = Key.Of("移出批次"),
        ["DraftNotice"] = Key.Of("拟公示稿"),
        ["EditNotice"] = Key.Of("修改公示稿"),
        ["CorrectNotice"] = Key.Of("拟更正公示"),
        ["PublishNotice"] = Key.Of("发布公示"),
        ["EndNoticePeriods"] = Key.Of("公示期满"),
        ["KeepDraft"] = Key.Of("保存草稿"),
        ["DropDraft"] = Key.Of("删除草稿"),
        ["SaveView"] = Key.Of("保存视图"),
        ["DropView"] = Key.Of("删除视图"),
        ["AddPerson"] = Key.Of("新增人员"),
        ["EditPerson"] = Key.Of("修改人员"),
        ["DisablePerson"] = Key.Of("停用人员"),
        ["EnablePerson"] = Key.Of("启用人员"),
        ["ResetSignIn"] = Key.Of("重置登录"),
        ["EndSessions"] = Key.Of("结束他人登录"),
        ["AddOrganisation"] = Key.Of("新增机构"),
        ["OpenOrganisation"] = Key.Of("开通机构"),
        ["AddAdministrator"] = Key.Of("新增机构管理员"),
        ["ResetAdministrator"] = Key.Of("重置机构管理员"),
        ["SwitchOrganisation"] = Key.Of("停用或启用机构"),
        ["SignInWithPassword"] = Key.Of("登录：密码"),
        ["ShowCode"] = Key.Of("登录：动态码"),
        ["SetFirstPassword"] = Key.Of("首次设置密码"),
        ["EnrolAuthenticator"] = Key.Of("设置验证器"),
        ["ConfirmAgain"] = Key.Of("再次验证身份"),
        ["EndSession"] = Key.Of("退出登录"),
        ["EndOtherSession"] = Key.Of("结束其他登录"),
        ["ChangePassword"] = Key.Of("修改密码"),
        ["RenewRecoveryCodes"] = Key.Of("更换恢复码"),
        ["ReplaceAuthenticator"] = Key.Of("更换验证器"),
        ["Account"] = Key.Of("账户维护"),
        ["Denied"] = Key.Of("越权访问被拒"),
        ["AddCalendarYear"] = Key.Of("录入年度日历"),
        ["RemoveCalendarYear"] = Key.Of("移除年度日历"),
        ["AddPrimeRate"] = Key.Of("录入贷款市场报价利率"),
        ["RemovePrimeRate"] = Key.Of("移除贷款市场报价利率"),
        ["ConfirmPrimeRate"] = Key.Of("核实贷款市场报价利率"),
        ["SeedReference"] = Key.Of("装入初始参考数据"),
        ["SeedDemonstration"] = Key.Of("装入演示数据"),
        ["ExportAudit"] = Key.Of("导出操作记录"),
        ["EnterReceipt"] = Key.Of("录入收款"),
        ["DecideReceipt"] = Key.Of("审核收款入账"),
        ["ReverseReceipt"] = Key.Of("申请冲销收款"),
        ["DropReceipt"] = Key.Of("撤回收款"),
        ["ExportLedger"] = Key.Of("导出资金账"),
        ["ProposeReview"] = Key.Of("提出审核意见"),
        ["DecideReview"] = Key.Of("审定审核意见"),
        ["ProposeWholeApprovals"] = Key.Of("批量提出全额通过"),
        ["ConsentToWholeApprovals"] = Key.Of("批量审定全额通过"),
        ["KeepReviewDraft"] = Key.Of("保存审核草稿"),
        ["INSERT"] = Key.Of("数据库直接新增"),
        ["UPDATE"] = Key.Of("数据库直接修改"),
        ["DELETE"] = Key.Of("数据库直接删除"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All actions that have a name, for a filter's choice.</summary>
    public static IEnumerable<string> All => Names.Keys;

    /// <summary>The name of an action; one that has none is shown as it is stored.</summary>
    public static string ActionName(this IText T, string action) => Names.TryGetValue(action, out string? name) ? T[name] : action;

    internal static bool IsKnown(string action) => Names.ContainsKey(action);
}
