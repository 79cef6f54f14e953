namespace FundPool.Domain.Tenancy;

/// <summary>What a request may ask for. Every request type names one; the portal does not start when one does not.</summary>
public enum Permission
{
    /// <summary>Nobody signed in is needed: public pages and the steps of signing in.</summary>
    Public,

    /// <summary>Any signed-in person: the own account, own sessions, language.</summary>
    SignedIn,

    /// <summary>Read loans: a bank its own, the pool's institutions all banks' of their pool.</summary>
    ReadLoans,

    /// <summary>Register loans by form or file and edit them while their window is open (a.13, a.19(1)).</summary>
    RegisterLoans,

    /// <summary>Propose the correction of a registered loan after its window.</summary>
    ProposeCorrections,

    /// <summary>Consent to or refuse a bank's correction.</summary>
    DecideCorrections,

    /// <summary>Report the five-class classification of loans (a.11(2)).</summary>
    ReportClassifications,

    /// <summary>Take lists out of the portal as files.</summary>
    ExportLoans,

    /// <summary>See a personal number in full, with a reason that is recorded.</summary>
    Unmask,

    /// <summary>See the standing of banks against the thresholds of a.17.</summary>
    ReadStandings,

    /// <summary>Keep the own organisation's people and their roles.</summary>
    ManageOwnPeople,

    /// <summary>Keep organisations and their first administrators.</summary>
    ManageOrganisations,

    /// <summary>Keep calendars and prime rates.</summary>
    ManageReferenceData,

    /// <summary>Read the record of what was done.</summary>
    ReadAudit,

    /// <summary>Read the rulebooks of the pool.</summary>
    ReadRulebooks,
}
