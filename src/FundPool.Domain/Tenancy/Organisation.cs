using FundPool.Domain.Kernel;

namespace FundPool.Domain.Tenancy;

/// <summary>What an organisation is in a pool.</summary>
public enum OrganisationKind
{
    /// <summary>加盟银行.</summary>
    Bank,

    /// <summary>The manager institution for the libraries (高新投集团).</summary>
    Reviewer,

    /// <summary>The manager institution for the money (金融中心).</summary>
    Treasurer,

    /// <summary>主管部门.</summary>
    Authority,

    /// <summary>市财政局.</summary>
    Finance,

    /// <summary>A third party or the audit office.</summary>
    Auditor,

    /// <summary>Whoever runs the installation; belongs to no pool.</summary>
    Platform,
}

/// <summary>What a person does in an organisation.</summary>
public enum Role
{
    /// <summary>经办.</summary>
    Maker,

    /// <summary>复核.</summary>
    Checker,

    /// <summary>初审 or 承办.</summary>
    Officer,

    /// <summary>复审 or 负责人.</summary>
    Chief,

    /// <summary>审计.</summary>
    Auditor,

    /// <summary>机构管理员: manages the organisation's own users.</summary>
    OrganisationAdministrator,

    /// <summary>平台管理员: organisations, calendars, reference data; sees no loan data.</summary>
    PlatformAdministrator,
}

/// <summary>Outward codes and names of organisation kinds and roles.</summary>
public static class OrganisationCodes
{
    /// <summary>The kind's outward code.</summary>
    public static string Code(this OrganisationKind kind) => kind switch
    {
        OrganisationKind.Bank => "bank",
        OrganisationKind.Reviewer => "reviewer",
        OrganisationKind.Treasurer => "treasurer",
        OrganisationKind.Authority => "authority",
        OrganisationKind.Finance => "finance",
        OrganisationKind.Auditor => "auditor",
        OrganisationKind.Platform => "platform",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The kind of an outward code; null for an unknown one.</summary>
    public static OrganisationKind? KindOf(string code)
    {
        foreach (OrganisationKind kind in Enum.GetValues<OrganisationKind>())
        {
            if (kind.Code() == code)
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>What people call the kind.</summary>
    public static Words Name(this OrganisationKind kind) => kind switch
    {
        OrganisationKind.Bank => new("加盟银行", "Member bank"),
        OrganisationKind.Reviewer => new("项目库管理机构", "Reviewer"),
        OrganisationKind.Treasurer => new("资金管理机构", "Treasurer"),
        OrganisationKind.Authority => new("主管部门", "Authority"),
        OrganisationKind.Finance => new("财政部门", "Finance bureau"),
        OrganisationKind.Auditor => new("审计机构", "Auditor"),
        OrganisationKind.Platform => new("平台", "Platform"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The role's outward code.</summary>
    public static string Code(this Role role) => role switch
    {
        Role.Maker => "maker",
        Role.Checker => "checker",
        Role.Officer => "officer",
        Role.Chief => "chief",
        Role.Auditor => "auditor",
        Role.OrganisationAdministrator => "organisation_administrator",
        Role.PlatformAdministrator => "platform_administrator",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <summary>The role of an outward code; null for an unknown one.</summary>
    public static Role? RoleOf(string code)
    {
        foreach (Role role in Enum.GetValues<Role>())
        {
            if (role.Code() == code)
            {
                return role;
            }
        }

        return null;
    }

    /// <summary>What people call the role in an organisation of this kind.</summary>
    public static Words Name(this Role role, OrganisationKind kind) => (role, kind) switch
    {
        (Role.Maker, _) => new("经办", "Maker"),
        (Role.Checker, _) => new("复核", "Checker"),
        (Role.Officer, OrganisationKind.Reviewer) => new("初审", "Officer"),
        (Role.Chief, OrganisationKind.Reviewer) => new("复审", "Chief"),
        (Role.Officer, _) => new("承办", "Officer"),
        (Role.Chief, _) => new("负责人", "Chief"),
        (Role.Auditor, _) => new("审计", "Auditor"),
        (Role.OrganisationAdministrator, OrganisationKind.Bank) => new("银行管理员", "Bank administrator"),
        (Role.OrganisationAdministrator, _) => new("机构管理员", "Organisation administrator"),
        (Role.PlatformAdministrator, _) => new("平台管理员", "Platform administrator"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
