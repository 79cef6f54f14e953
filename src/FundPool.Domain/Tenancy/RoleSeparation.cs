using FundPool.Domain.Kernel;

namespace FundPool.Domain.Tenancy;

/// <summary>Which roles one person may hold together. Whoever gives out rights uses none of them (等保2.0 8.1.4.2 d, 三员分立).</summary>
public static class RoleSeparation
{
    /// <summary>Why these roles cannot be held together in an organisation of this kind, or null when they can.</summary>
    public static Words? WhyNot(OrganisationKind kind, IReadOnlyCollection<Role> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        if (roles.Count == 0)
        {
            return new Words("请至少选择一个岗位", "Choose at least one role");
        }

        IReadOnlyList<Role> possible = Membership.RolesOf(kind);
        if (roles.Any(role => !possible.Contains(role)))
        {
            return new Words("本类机构没有这个岗位", "An organisation of this kind has no such role");
        }

        return roles.Contains(Role.OrganisationAdministrator) && roles.Count > 1
            ? new Words("机构管理员不能兼任业务岗位，请另设人员", "An organisation's administrator holds no other role; enter another person for it")
            : null;
    }
}
