namespace FundPool.Domain.Tenancy;

/// <summary>The kinds of organisation (domain.md section 1).</summary>
public enum OrganisationKind
{
    /// <summary>加盟银行.</summary>
    Bank,

    /// <summary>管理机构, the libraries (高新投集团).</summary>
    Reviewer,

    /// <summary>管理机构, the money (金融中心).</summary>
    Treasurer,

    /// <summary>主管部门.</summary>
    Authority,

    /// <summary>监管执行部门.</summary>
    Finance,

    /// <summary>审计机构.</summary>
    Auditor,

    /// <summary>平台.</summary>
    Platform,
}

/// <summary>What a person is inside the organisation; several may be held, four eyes are checked at the deed all the same.</summary>
public enum Role
{
    /// <summary>经办 of a bank.</summary>
    Maker,

    /// <summary>复核 of a bank.</summary>
    Checker,

    /// <summary>初审 or 经办 of an institution.</summary>
    Officer,

    /// <summary>复审 or 负责人 of an institution.</summary>
    Chief,

    /// <summary>审计员.</summary>
    Auditor,

    /// <summary>机构管理员: keeps the organisation's own people, touches no loan.</summary>
    OrganisationAdministrator,

    /// <summary>平台管理员: organisations and reference data, sees no loan.</summary>
    PlatformAdministrator,
}

/// <summary>The table of who may do what. Deny by default: what does not stand here is not allowed.</summary>
public static class Membership
{
    private static readonly Permission[] Reading = [Permission.ReadLoans, Permission.ReadStandings, Permission.ReadRulebooks, Permission.ExportLoans];

    private static readonly Permission[] Paying =
        [Permission.ReadStandings, Permission.ReadRulebooks, Permission.ReadClaims, Permission.ReadPayments, Permission.ReadLedger];

    private static readonly Dictionary<(OrganisationKind, Role), Permission[]> Table = new()
    {
        [(OrganisationKind.Bank, Role.Maker)] =
        [
            .. Reading, Permission.RegisterLoans, Permission.ProposeCorrections, Permission.ReportClassifications, Permission.Unmask,
            Permission.ReadClaims, Permission.MakeClaims, Permission.ReadPayments, Permission.FilePaymentDocuments,
        ],
        [(OrganisationKind.Bank, Role.Checker)] =
            [.. Reading, Permission.Unmask, Permission.ReadClaims, Permission.CheckClaims, Permission.ReadPayments, Permission.ConfirmReceipts],
        [(OrganisationKind.Bank, Role.OrganisationAdministrator)] = [Permission.ManageOwnPeople, Permission.ReadAudit],
        [(OrganisationKind.Reviewer, Role.Officer)] =
            [.. Reading, Permission.DecideCorrections, Permission.Unmask, Permission.ReadClaims, Permission.ReviewClaims, Permission.ReadPayments],
        [(OrganisationKind.Reviewer, Role.Chief)] =
            [.. Reading, Permission.DecideCorrections, Permission.Unmask, Permission.ReadClaims, Permission.DecideReviews, Permission.ReadPayments],
        [(OrganisationKind.Reviewer, Role.OrganisationAdministrator)] = [Permission.ManageOwnPeople, Permission.ReadAudit],
        [(OrganisationKind.Treasurer, Role.Officer)] = [.. Paying, Permission.PreparePayments, Permission.EnterReceipts],
        [(OrganisationKind.Treasurer, Role.Chief)] = [.. Paying, Permission.ReleasePayments, Permission.ApproveReceipts],
        [(OrganisationKind.Treasurer, Role.OrganisationAdministrator)] = [Permission.ManageOwnPeople, Permission.ReadAudit],
        [(OrganisationKind.Authority, Role.Officer)] =
        [
            .. Reading, Permission.ReadClaims, Permission.ReadPayments, Permission.ReadLedger,
            Permission.PrepareNotices, Permission.PreparePlans, Permission.HandleObjections, Permission.ProposeBankStatus,
        ],
        [(OrganisationKind.Authority, Role.Chief)] =
        [
            .. Reading, Permission.ReadClaims, Permission.ReadPayments, Permission.ReadLedger,
            Permission.PublishNotices, Permission.IssuePlans, Permission.HandleObjections, Permission.DecideBankStatus,
        ],
        [(OrganisationKind.Authority, Role.OrganisationAdministrator)] = [Permission.ManageOwnPeople, Permission.ReadAudit],
        [(OrganisationKind.Finance, Role.Officer)] =
            [Permission.ReadStandings, Permission.ReadRulebooks, Permission.ReadPayments, Permission.ReadLedger, Permission.EnterReceipts],
        [(OrganisationKind.Finance, Role.OrganisationAdministrator)] = [Permission.ManageOwnPeople, Permission.ReadAudit],
        [(OrganisationKind.Auditor, Role.Auditor)] = [.. Reading, Permission.ReadAudit, Permission.ReadClaims, Permission.ReadPayments, Permission.ReadLedger],
        [(OrganisationKind.Auditor, Role.OrganisationAdministrator)] = [Permission.ManageOwnPeople],
        [(OrganisationKind.Platform, Role.PlatformAdministrator)] =
            [Permission.ManageOrganisations, Permission.ManageOwnPeople, Permission.ManageReferenceData, Permission.WatchJobs, Permission.ReadAudit],
    };

    /// <summary>The roles that a person of an organisation of this kind can hold.</summary>
    public static IReadOnlyList<Role> RolesOf(OrganisationKind kind) =>
        [.. Table.Keys.Where(key => key.Item1 == kind).Select(key => key.Item2)];

    /// <summary>All that a person may do who holds these roles in an organisation of this kind.</summary>
    public static IReadOnlySet<Permission> PermissionsOf(OrganisationKind kind, IEnumerable<Role> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        HashSet<Permission> permissions = [Permission.Public, Permission.SignedIn];
        foreach (Role role in roles)
        {
            permissions.UnionWith(Table.GetValueOrDefault((kind, role), []));
        }

        return permissions;
    }

    /// <summary>The stored form of a kind: <c>bank</c>, <c>reviewer</c> …</summary>
    public static string CodeOf(OrganisationKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The stored form of a role: <c>maker</c>, <c>organisation_administrator</c> …</summary>
    public static string CodeOf(Role role) => role switch
    {
        Role.OrganisationAdministrator => "organisation_administrator",
        Role.PlatformAdministrator => "platform_administrator",
        _ => role.ToString().ToLowerInvariant(),
    };

    /// <summary>The kind of a stored form, or null.</summary>
    public static OrganisationKind? KindOf(string code) =>
        Enum.GetValues<OrganisationKind>().Where(kind => CodeOf(kind) == code).Select(kind => (OrganisationKind?)kind).FirstOrDefault();

    /// <summary>The role of a stored form, or null.</summary>
    public static Role? RoleOf(string code) =>
        Enum.GetValues<Role>().Where(role => CodeOf(role) == code).Select(role => (Role?)role).FirstOrDefault();
}
