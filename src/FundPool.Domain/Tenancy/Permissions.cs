using static FundPool.Domain.Tenancy.OrganisationKind;
using static FundPool.Domain.Tenancy.Permission;

namespace FundPool.Domain.Tenancy;

/// <summary>Who may do what: one table, read line by line. What is not in it nobody may do.</summary>
public static class Permissions
{
    private static readonly Permission[] Own = [ManageOwnAccount, ReadRulebooks];
    private static readonly Permission[] Watch = [ReadLoans, ReadAcrossBanks, ReadRatios, ExportLoans];

    private static readonly Dictionary<(OrganisationKind Kind, Role Role), HashSet<Permission>> Table = new()
    {
        [(Bank, Role.Maker)] = [.. Own, RegisterLoans, CorrectLoans, ReportClassification, ReadLoans, ReadRatios, ExportLoans, Unmask],
        [(Bank, Role.Checker)] = [.. Own, CheckLoans, ReadLoans, ReadRatios, ExportLoans, Unmask, ReadAudit],
        [(Bank, Role.OrganisationAdministrator)] = [.. Own, ManageOwnUsers, ReadAudit],

        [(Reviewer, Role.Officer)] = [.. Own, .. Watch, ConsentToCorrection, Unmask],
        [(Reviewer, Role.Chief)] = [.. Own, .. Watch, ConsentToCorrection, Unmask, ReadAudit],
        [(Reviewer, Role.OrganisationAdministrator)] = [.. Own, ManageOwnUsers, ReadAudit],

        // The treasurer holds the money, not the loans: what it pays and receives comes with the claims.
        [(Treasurer, Role.Officer)] = [.. Own, ReadRatios],
        [(Treasurer, Role.Chief)] = [.. Own, ReadRatios, ReadAudit],
        [(Treasurer, Role.OrganisationAdministrator)] = [.. Own, ManageOwnUsers, ReadAudit],

        [(Authority, Role.Officer)] = [.. Own, .. Watch, Unmask],
        [(Authority, Role.Chief)] = [.. Own, .. Watch, Unmask, ManageRulebooks, ReadAudit],
        [(Authority, Role.OrganisationAdministrator)] = [.. Own, ManageOwnUsers, ReadAudit],

        [(Finance, Role.Officer)] = [.. Own, .. Watch],
        [(Finance, Role.OrganisationAdministrator)] = [.. Own, ManageOwnUsers, ReadAudit],

        // An auditor changes nothing; unmasking is reading, with a reason that the trail keeps.
        [(OrganisationKind.Auditor, Role.Auditor)] = [.. Own, .. Watch, Unmask, ReadAudit],
        [(OrganisationKind.Auditor, Role.OrganisationAdministrator)] = [.. Own, ManageOwnUsers],

        [(Platform, Role.PlatformAdministrator)] = [.. Own, ManageOrganisations, ManageReferenceData, ManageOwnUsers],
    };

    /// <summary>The roles that an organisation of this kind can give its people.</summary>
    public static IReadOnlyList<Role> RolesOf(OrganisationKind kind) => [.. Table.Keys.Where(key => key.Kind == kind).Select(key => key.Role)];

    /// <summary>Every kind and role that exist together.</summary>
    public static IReadOnlyList<(OrganisationKind Kind, Role Role)> All => [.. Table.Keys];

    /// <summary>Everything that this role may do in an organisation of this kind; nothing where the kind has no such role.</summary>
    public static IReadOnlySet<Permission> Of(OrganisationKind kind, Role role) =>
        Table.TryGetValue((kind, role), out HashSet<Permission>? found) ? found : new HashSet<Permission>();

    /// <summary>Whether one of <paramref name="roles"/> may do it.</summary>
    public static bool Allow(OrganisationKind kind, IEnumerable<Role> roles, Permission permission) =>
        roles.Any(role => Of(kind, role).Contains(permission));
}
