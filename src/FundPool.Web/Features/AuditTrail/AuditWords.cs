using System.Collections.Frozen;
using System.Text.Json;
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
        "id", "loan_id", "file_id", "error_file_id", "batch_id", "person_id", "created_by", "registered_by", "confirmed_by", "proposed_by", "decided_by", "reported_by", "uploaded_by"]);

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
        ["decided_at"] = Key.Of("审核时间"), ["proposed_at"] = Key.Of("提出时间"), ["reported_at"] = Key.Of("报告时间"), ["uploaded_at"] = Key.Of("上传时间"),
        ["measured_at"] = Key.Of("记录时间"), ["registered_at"] = Key.Of("登记时间"), ["loaded_at"] = Key.Of("录入时间"),
        ["share_before_bp"] = Key.Of("更正前比例"), ["share_after_bp"] = Key.Of("更正后比例"),
        ["shared"] = Key.Of("本单位共享"), ["query"] = Key.Of("查询条件"), ["demonstration"] = Key.Of("演示"),
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
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string EntityName(this IText T, string entity) => Entities.TryGetValue(entity, out string? name) ? T[name] : entity;

    /// <summary>The kinds of things that have a name, for a filter's choice.</summary>
    public static IEnumerable<string> EntityCodes => Entities.Keys;

    /// <summary>The label of a stored column: the file's own where it is one of a loan, else from the table above.</summary>
    public static string ColumnName(this IText T, string column) =>
        Columns.TryGetValue(column, out string? name) ? T[name]
        : LoanFields.All.Concat(ClassFields.All).FirstOrDefault(field => field.Name == column) is { } field ? T.Of(field.Label)
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
        "state" or "standing" or "kind" => Codes.TryGetValue(text, out string? code) ? T[code] : text,
        _ when name.EndsWith("_at", StringComparison.Ordinal) && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset at) =>
            Design.Clock.Local(at).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        _ => text,
    };

    private static string Label<TValue>(IText T, CodeList<TValue> list, string code)
        where TValue : struct, Enum => list.TryCode(code, out TValue value) ? T.Of(list.Label(value)) : code;
}
