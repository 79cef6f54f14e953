using System.Collections.Frozen;
using System.Text.Json;
using FundPool.Domain.Compensation;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;

namespace FundPool.Web.Features.AuditTrail;

/// <summary>Reads an event's stored before and after as a person would: labels for columns, words for values, no JSON.</summary>
public static class AuditWords
{
    // Bookkeeping of the database, which says nothing to a reader; who acted stands beside the event.
    private static readonly FrozenSet<string> Silent = FrozenSet.ToFrozenSet(["pool_id", "bank_id", "organisation_id", "version", "content_hash", "quarter", "sha256", "facts", "findings_after", "loan_version", "failure_en",
        "id", "loan_id", "file_id", "error_file_id", "batch_id", "person_id", "created_by", "registered_by", "confirmed_by", "proposed_by", "decided_by", "reported_by", "uploaded_by", "sent_by",
        "hands", "row_version", "form_key", "claim_id", "claim_bank_id", "claim_version", "plan_id", "payout_id", "review_id", "order_id", "entry_id", "replaces_id", "reverses_id", "notice_id", "objection_id", "subject_id", "subject_n",
        "of_bank", "n", "key", "stops", "facts_hash", "review_due_provisional", "ends_provisional", "payment_due_provisional", "made_by", "made_by_unit", "checked_by", "submitted_by", "published_by", "issued_by", "filed_by", "prepared_by",
        "released_by", "dropped_by", "answered_by", "approved_by", "officer", "chief", "one"]);

    private static readonly FrozenDictionary<string, string> Entities = new Dictionary<string, string>
    {
        ["loan.loan"] = Key.Of("贷款"),
        ["loan.classification"] = Key.Of("分类报告"),
        ["loan.correction"] = Key.Of("更正申请"),
        ["loan.document"] = Key.Of("材料"),
        ["loan.file"] = Key.Of("文件"),
        ["loan.import_batch"] = Key.Of("导入批次"),
        ["loan.standing"] = Key.Of("不良率状态"),
        ["tenancy.pool"] = Key.Of("资金池"),
        ["tenancy.organisation"] = Key.Of("机构"),
        ["tenancy.person"] = Key.Of("人员"),
        ["tenancy.person_role"] = Key.Of("岗位"),
        ["tenancy.saved_view"] = Key.Of("视图"),
        ["tenancy.denial"] = Key.Of("被拒的访问"),
        ["reference.calendar_year"] = Key.Of("年度日历"),
        ["reference.calendar_day"] = Key.Of("日历中的一天"),
        ["reference.loan_prime_rate"] = Key.Of("贷款市场报价利率"),
        ["compensation.claim"] = Key.Of("补偿申请"),
        ["compensation.claim_version"] = Key.Of("申请版本"),
        ["compensation.material"] = Key.Of("申请材料"),
        ["compensation.review"] = Key.Of("审核"),
        ["compensation.deficiency"] = Key.Of("补正要求"),
        ["compensation.batch"] = Key.Of("公示批次"),
        ["compensation.batch_item"] = Key.Of("批次项目"),
        ["compensation.notice"] = Key.Of("公示"),
        ["compensation.plan"] = Key.Of("资助计划"),
        ["compensation.plan_item"] = Key.Of("计划项目"),
        ["compensation.objection"] = Key.Of("异议与投诉"),
        ["compensation.objector"] = Key.Of("异议人"),
        ["compensation.bank_status"] = Key.Of("名单与资格决定"),
        ["compensation.payout"] = Key.Of("拨款资料"),
        ["compensation.payout_paper"] = Key.Of("拨款材料"),
        ["compensation.claim_file"] = Key.Of("申请文件"),
        ["compensation.payment_order"] = Key.Of("付款单"),
        ["compensation.payment_item"] = Key.Of("付款项目"),
        ["compensation.paper"] = Key.Of("出具的文书"),
        ["ledger.entry"] = Key.Of("资金账分录"),
        ["ledger.posting"] = Key.Of("分录明细"),
        ["ledger.receipt"] = Key.Of("收款单"),
        ["reference.demonstration_clock"] = Key.Of("演示日期"),
        ["audit.event"] = Key.Of("操作记录"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Columns = new Dictionary<string, string>
    {
        ["state"] = Key.Of("状态"), ["reason"] = Key.Of("理由"), ["opinion"] = Key.Of("意见"), ["library"] = Key.Of("所在库"),
        ["value_date"] = Key.Of("认定日期"), ["booked_on"] = Key.Of("报告日期"), ["class_date"] = Key.Of("认定日期"), ["npl_since"] = Key.Of("不良起始日"),
        ["outstanding_fen"] = Key.Of("本金余额"), ["principal_fen"] = Key.Of("贷款金额（折人民币）"), ["currency_principal"] = Key.Of("贷款金额"),
        ["total_balance_fen"] = Key.Of("贷款余额合计"), ["credit_line_fen"] = Key.Of("单户授信总额"), ["revenue_fen"] = Key.Of("营业收入"),
        ["total_assets_fen"] = Key.Of("资产总额"), ["borrower_id_shown"] = Key.Of("证件号码"), ["borrower_key"] = Key.Of("借款人识别码"),
        ["expected_share_bp"] = Key.Of("预计补偿比例"), ["registered_on"] = Key.Of("入库日期"),
        ["legacy_reason"] = Key.Of("补录理由"), ["rulebook"] = Key.Of("适用规则"), ["warnings"] = Key.Of("提示"), ["content"] = Key.Of("内容摘要值"),
        ["title"] = Key.Of("名称"), ["name"] = Key.Of("名称"), ["size"] = Key.Of("大小"), ["content_type"] = Key.Of("格式"),
        ["kind"] = Key.Of("类型"), ["code"] = Key.Of("代码"), ["source"] = Key.Of("来源"), ["note"] = Key.Of("备注"), ["date"] = Key.Of("日期"), ["year"] = Key.Of("年份"),
        ["notice_year"] = Key.Of("通知年份"), ["published_on"] = Key.Of("公布日期"), ["one_year"] = Key.Of("一年期"), ["five_year"] = Key.Of("五年期以上"),
        ["full_name"] = Key.Of("姓名"), ["user_name"] = Key.Of("用户名"), ["email"] = Key.Of("电子邮箱"), ["phone"] = Key.Of("电话"), ["role"] = Key.Of("岗位"),
        ["disabled_at"] = Key.Of("停用时间"), ["created_at"] = Key.Of("建立时间"), ["last_signed_in_at"] = Key.Of("最近登录"), ["password_set_at"] = Key.Of("密码设置时间"),
        ["must_set_password"] = Key.Of("须设置密码"), ["authenticator_confirmed"] = Key.Of("验证器已设置"), ["dishonest_from"] = Key.Of("列入严重失信名单"),
        ["dishonest_until"] = Key.Of("移出严重失信名单"), ["removed_from"] = Key.Of("取消加盟资格"), ["standing"] = Key.Of("状态"), ["cause"] = Key.Of("起因"),
        ["npl_principal_fen"] = Key.Of("不良贷款金额"), ["npl_loans"] = Key.Of("不良笔数"), ["loans"] = Key.Of("笔数"), ["measured_on"] = Key.Of("业务日期"),
        ["rows"] = Key.Of("总行数"), ["accepted"] = Key.Of("可登记"), ["unchanged"] = Key.Of("无变化"), ["rejected"] = Key.Of("被拒"), ["warned"] = Key.Of("有提示"),
        ["accepted_principal_fen"] = Key.Of("可登记金额合计"), ["as_of"] = Key.Of("入库日期"), ["all_or_nothing"] = Key.Of("整批登记"), ["failure_zh"] = Key.Of("失败原因"),
        ["confirmed_at"] = Key.Of("确认时间"), ["finished_at"] = Key.Of("完成时间"), ["changes"] = Key.Of("更正内容"),
        ["decided_by_name"] = Key.Of("审核人"), ["proposed_by_name"] = Key.Of("申请人"), ["uploaded_by_name"] = Key.Of("上传人"), ["withdrawn_at"] = Key.Of("撤下时间"),
        ["decided_at"] = Key.Of("审核时间"), ["proposed_at"] = Key.Of("提出时间"), ["reported_at"] = Key.Of("报告时间"), ["uploaded_at"] = Key.Of("上传时间"), ["sent_at"] = Key.Of("上传时间"),
        ["measured_at"] = Key.Of("记录时间"), ["registered_at"] = Key.Of("登记时间"), ["loaded_at"] = Key.Of("录入时间"),
        ["share_before_bp"] = Key.Of("更正前比例"), ["share_after_bp"] = Key.Of("更正后比例"),
        ["shared"] = Key.Of("本单位共享"), ["query"] = Key.Of("查询条件"), ["demonstration"] = Key.Of("演示"),
        ["number"] = Key.Of("编号"), ["state_since"] = Key.Of("状态起始时间"), ["applied_on"] = Key.Of("申请日期"), ["accepted_at"] = Key.Of("受理时间"),
        ["outcome"] = Key.Of("裁定结果"), ["share_bp"] = Key.Of("补偿比例"), ["basis_fen"] = Key.Of("补偿基数"), ["amount_fen"] = Key.Of("金额"),
        ["review_due"] = Key.Of("审核截止"), ["re_review_due"] = Key.Of("复核截止"), ["re_reviewed"] = Key.Of("已申请复核"), ["approved_fen"] = Key.Of("审核通过金额"),
        ["approved_on"] = Key.Of("通过日期"), ["rejected_on"] = Key.Of("不通过日期"), ["paid_fen"] = Key.Of("已拨付金额"), ["paid_on"] = Key.Of("拨付日期"),
        ["received_on"] = Key.Of("到账日期"), ["transfer_due"] = Key.Of("转库截止"), ["transferred_on"] = Key.Of("转库日期"), ["made_by_name"] = Key.Of("经办人"),
        ["checked_by_name"] = Key.Of("复核人"), ["submitted_by_name"] = Key.Of("提交人"), ["submitted_at"] = Key.Of("提交时间"), ["stated"] = Key.Of("填报内容"),
        ["materials"] = Key.Of("材料"), ["material_code"] = Key.Of("材料代码"), ["answer"] = Key.Of("答复"), ["raised_at"] = Key.Of("提出时间"),
        ["proposal"] = Key.Of("审核建议"), ["ruled_fen"] = Key.Of("裁定金额"), ["ruling"] = Key.Of("裁定"), ["deficiencies"] = Key.Of("补正要求"), ["deductions"] = Key.Of("扣减"), ["marks"] = Key.Of("逐项核对"), ["grounds"] = Key.Of("理由"),
        ["ground"] = Key.Of("不受理理由"), ["officer_opinion"] = Key.Of("初审意见"), ["officer_name"] = Key.Of("初审人"), ["chief_opinion"] = Key.Of("审定意见"),
        ["chief_name"] = Key.Of("审定人"), ["left_at"] = Key.Of("移出时间"), ["left_because"] = Key.Of("移出原因"), ["basis"] = Key.Of("依据"),
        ["consult"] = Key.Of("查阅方式"), ["object"] = Key.Of("异议渠道"), ["working_days"] = Key.Of("公示工作日"), ["correction_reason"] = Key.Of("更正原因"),
        ["published_at"] = Key.Of("公布时间"), ["ends_on"] = Key.Of("公示截止"), ["over_at"] = Key.Of("公示结束时间"), ["published_by_name"] = Key.Of("发布人"),
        ["total_fen"] = Key.Of("合计金额"), ["issued_on"] = Key.Of("签发日期"), ["issued_at"] = Key.Of("签发时间"), ["documents_due"] = Key.Of("资料截止"),
        ["issued_by_name"] = Key.Of("签发人"), ["receipt"] = Key.Of("回执号"), ["item"] = Key.Of("公示项目"), ["about"] = Key.Of("事由"),
        ["received_at"] = Key.Of("收到时间"), ["answered_by_name"] = Key.Of("答复人"), ["answered_at"] = Key.Of("答复时间"), ["is_unit"] = Key.Of("单位异议"),
        ["change"] = Key.Of("变更"), ["from_on"] = Key.Of("起始日期"), ["until_on"] = Key.Of("截止日期"), ["account_name"] = Key.Of("账户名称"),
        ["account_shown"] = Key.Of("账号"), ["opening_bank"] = Key.Of("开户行"), ["papers"] = Key.Of("材料"), ["late"] = Key.Of("逾期提交"),
        ["filed_by_name"] = Key.Of("提交人"), ["filed_on"] = Key.Of("提交日期"), ["filed_at"] = Key.Of("提交时间"), ["checked_at"] = Key.Of("核验时间"),
        ["payment_due"] = Key.Of("拨付截止"), ["prepared_by_name"] = Key.Of("制单人"), ["prepared_on"] = Key.Of("制单日期"), ["prepared_at"] = Key.Of("制单时间"),
        ["released_by_name"] = Key.Of("放行人"), ["released_on"] = Key.Of("放行日期"), ["released_at"] = Key.Of("放行时间"), ["dropped_by_name"] = Key.Of("作废人"),
        ["dropped_at"] = Key.Of("作废时间"), ["drop_reason"] = Key.Of("作废原因"), ["confirmed_by_name"] = Key.Of("确认人"), ["issuer"] = Key.Of("出具单位"),
        ["memo"] = Key.Of("摘要"), ["document"] = Key.Of("凭据"), ["approved_by_name"] = Key.Of("批准人"), ["posted_at"] = Key.Of("入账时间"),
        ["account"] = Key.Of("科目"), ["fen"] = Key.Of("金额"), ["made_at"] = Key.Of("录入时间"), ["day"] = Key.Of("演示日期"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Stored codes of states and kinds, of whatever they are.
    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>
    {
        ["checking"] = Key.Of("正在检查"), ["checked"] = Key.Of("待确认"), ["registering"] = Key.Of("正在登记"), ["registered"] = Key.Of("已登记"),
        ["cancelled"] = Key.Of("已放弃"), ["failed"] = Key.Of("未能登记"), ["proposed"] = Key.Of("待审核"), ["consented"] = Key.Of("已同意"),
        ["refused"] = Key.Of("未同意"), ["withdrawn"] = Key.Of("已撤回"), ["good"] = Key.Of("正常"), ["warned"] = Key.Of("预警"), ["suspended"] = Key.Of("暂停补偿"),
        ["loans"] = Key.Of("贷款登记"), ["classes"] = Key.Of("分类报告"), ["holiday"] = Key.Of("放假"), ["workday"] = Key.Of("调休上班"),
        ["bank"] = Key.Of("加盟银行"), ["reviewer"] = Key.Of("项目库管理机构"), ["treasurer"] = Key.Of("资金管理机构"), ["authority"] = Key.Of("主管部门"),
        ["finance"] = Key.Of("财政部门"), ["auditor"] = Key.Of("审计机构"), ["platform"] = Key.Of("平台运营"),
        ["draft"] = Key.Of("草稿"), ["gathering"] = Key.Of("组批中"), ["published"] = Key.Of("已公布"), ["over"] = Key.Of("公示期满"),
        ["replaced"] = Key.Of("已被更正"), ["issued"] = Key.Of("已签发"), ["dropped"] = Key.Of("已作废"), ["decided"] = Key.Of("已决定"),
        ["sent_back"] = Key.Of("已退回"), ["received"] = Key.Of("已收到"), ["taken_up"] = Key.Of("已受理"), ["declined"] = Key.Of("不受理"),
        ["answered"] = Key.Of("已答复"), ["filed"] = Key.Of("已提交"), ["complete"] = Key.Of("资料齐全"), ["prepared"] = Key.Of("待放行"),
        ["released"] = Key.Of("已放行"), ["entered"] = Key.Of("待批准"), ["posted"] = Key.Of("已入账"), ["eligible"] = Key.Of("符合补偿条件"),
        ["halted"] = Key.Of("暂停补偿"), ["undetermined"] = Key.Of("有待审核认定"), ["ineligible"] = Key.Of("不符合补偿条件"), ["approve"] = Key.Of("建议通过"),
        ["reject"] = Key.Of("建议不予补偿"), ["return"] = Key.Of("建议退回补正"), ["review"] = Key.Of("初审"), ["re_review"] = Key.Of("复核"),
        ["re_examination"] = Key.Of("异议复查"), ["objection"] = Key.Of("异议"), ["report"] = Key.Of("举报"), ["complaint"] = Key.Of("投诉"),
        ["appropriation"] = Key.Of("财政拨款"), ["interest"] = Key.Of("利息"), ["payment"] = Key.Of("补偿拨付"), ["reversal"] = Key.Of("冲正"),
        ["list"] = Key.Of("列入名单"), ["delist"] = Key.Of("移出名单"), ["remove"] = Key.Of("取消资格"), ["readmit"] = Key.Of("恢复资格"),
        ["claim_form"] = Key.Of("风险补偿申请表"), ["review_opinion"] = Key.Of("审核意见书"), ["notice"] = Key.Of("公示"), ["plan"] = Key.Of("资助计划"),
        ["payment_order"] = Key.Of("付款单"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string EntityName(this IText T, string entity) => Entities.TryGetValue(entity, out string? name) ? T[name] : entity;

    /// <summary>Whether a column has a label, or says nothing to a reader and is left out.</summary>
    internal static bool Knows(string column) => Silent.Contains(column) || Columns.ContainsKey(column)
        || LoanFields.All.Concat(ClassFields.All).Concat(ClaimFields.All).Any(field => field.Name == column);

    /// <summary>The kinds of things that have a name, for a filter's choice.</summary>
    public static IEnumerable<string> EntityCodes => Entities.Keys;

    /// <summary>The label of a stored column: the file's own where it is one of a loan, else from the table above.</summary>
    public static string ColumnName(this IText T, string column) =>
        Columns.TryGetValue(column, out string? name) ? T[name]
        : LoanFields.All.Concat(ClassFields.All).Concat(ClaimFields.All).FirstOrDefault(field => field.Name == column) is { } field ? T.Of(field.Label)
        : column;

    /// <summary>What changed, field by field; an event that is only a remark has one line without a field.</summary>
    public static IReadOnlyList<FieldChange> Changes(this IText T, string? before, string? after)
    {
        JsonElement? old = Parse(before), now = Parse(after);
        if (old is null && now is null)
        {
            return string.IsNullOrWhiteSpace(after) ? [] : [new(T["说明"], null, after)];
        }

        IEnumerable<string> names = Names(old).Concat(Names(now)).Distinct().Where(name => !Silent.Contains(name));
        return [.. from name in names
                   let was = Value(T, name, old)
                   let becomes = Value(T, name, now)
                   where was is not null || becomes is not null
                   select new FieldChange(T.ColumnName(name), was, becomes)];
    }

    private static IEnumerable<string> Names(JsonElement? json) => json is { } known ? known.EnumerateObject().Select(p => p.Name) : [];

    private static JsonElement? Parse(string? text)
    {
        if (text is null || !text.StartsWith('{'))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            // A remark that happens to begin with a brace.
            return null;
        }
    }

    private static string? Value(IText T, string name, JsonElement? json)
    {
        if (json is not { } row || !row.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.True => T["是"],
            JsonValueKind.False => T["否"],
            JsonValueKind.Number when name.EndsWith("_fen", StringComparison.Ordinal) && value.TryGetInt64(out long fen) =>
                (fen / 100m).ToString("#,##0.00", System.Globalization.CultureInfo.InvariantCulture),
            JsonValueKind.Number when name.EndsWith("_bp", StringComparison.Ordinal) && value.TryGetInt32(out int points) =>
                (points / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + "%",
            JsonValueKind.Array when value.GetArrayLength() == 0 => null,
            JsonValueKind.Array => string.Join(T["、"], value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? Text(T, name, item.GetString()!) : Item(T, item))),
            JsonValueKind.String => Text(T, name, value.GetString()!),
            _ => value.GetRawText(),
        };
    }

    // One line of a correction: {"field","old","new"}.
    private static string Item(IText T, JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("field", out JsonElement field) && item.TryGetProperty("old", out JsonElement old) && item.TryGetProperty("new", out JsonElement now)
            ? $"{T.ColumnName(field.GetString() ?? "")}：{old} → {now}"
            : item.GetRawText();

    private static string Text(IText T, string name, string text) => name switch
    {
        "risk_class" => Label(T, LoanCodes.RiskClasses, text),
        "borrower_kind" => Label(T, LoanCodes.BorrowerKinds, text),
        "product" => Label(T, LoanCodes.Products, text),
        "other_cover" => Label(T, LoanCodes.OtherCovers, text),
        "security" => Label(T, LoanCodes.Securities, text),
        "features" => Label(T, LoanCodes.Features, text),
        "qualifications" => Label(T, LoanCodes.Qualifications, text),
        "library" => T.Of(Application.Loans.LoanLabels.Library(text)),
        "cause" => T.ActionName(text),
        "role" => Membership.RoleOf(text) is { } role ? T.Of(role, OrganisationKind.Bank) : text,
        "state" or "standing" or "kind" or "outcome" or "proposal" or "change" =>
            Codes.TryGetValue(text, out string? code) ? T[code] : ClaimStates.All.TryCode(text, out ClaimState state) ? T.Of(ClaimStates.All.Label(state)) : text,
        _ when (name.EndsWith("_at", StringComparison.Ordinal) || name.EndsWith("_since", StringComparison.Ordinal)) && text.Length > 10 && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset at) =>
            Design.Clock.Local(at).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        _ => text,
    };

    private static string Label<TValue>(IText T, CodeList<TValue> list, string code)
        where TValue : struct, Enum => list.TryCode(code, out TValue value) ? T.Of(list.Label(value)) : code;
}
