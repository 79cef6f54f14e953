using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Identity;

/// <summary>What roles and kinds of organisation are called on the page.</summary>
public static class RoleNames
{
    public static string Of(this IText text, Role role, OrganisationKind kind) => text[role switch
    {
        Role.Maker => Key.Of("经办"),
        Role.Checker => Key.Of("复核"),
        Role.Officer => kind == OrganisationKind.Reviewer ? Key.Of("初审") : Key.Of("经办人员"),
        Role.Chief => kind == OrganisationKind.Reviewer ? Key.Of("复审") : Key.Of("负责人"),
        Role.Auditor => Key.Of("审计员"),
        Role.OrganisationAdministrator => Key.Of("机构管理员"),
        _ => Key.Of("平台管理员"),
    }];

    public static string Of(this IText text, IEnumerable<Role> roles, OrganisationKind kind) =>
        string.Join(text["、"], roles.Order().Select(role => text.Of(role, kind)));

    public static string Of(this IText text, OrganisationKind kind) => text[kind switch
    {
        OrganisationKind.Bank => Key.Of("加盟银行"),
        OrganisationKind.Reviewer => Key.Of("项目库管理机构"),
        OrganisationKind.Treasurer => Key.Of("资金管理机构"),
        OrganisationKind.Authority => Key.Of("主管部门"),
        OrganisationKind.Finance => Key.Of("财政部门"),
        OrganisationKind.Auditor => Key.Of("审计机构"),
        _ => Key.Of("平台运营"),
    }];
}
