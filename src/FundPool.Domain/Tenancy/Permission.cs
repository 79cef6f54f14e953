namespace FundPool.Domain.Tenancy;

/// <summary>What a request may need. Every request type states one; a request without one keeps the program from starting.</summary>
public enum Permission
{
    /// <summary>Enter loans, by form or by file (a.13, a.19(1)).</summary>
    RegisterLoans,

    /// <summary>Confirm what a colleague entered.</summary>
    CheckLoans,

    /// <summary>Ask for a correction after the window.</summary>
    CorrectLoans,

    /// <summary>Consent to a bank's correction.</summary>
    ConsentToCorrection,

    /// <summary>Report the five-class classification.</summary>
    ReportClassification,

    /// <summary>Read the libraries, one's own bank's or, with <see cref="ReadAcrossBanks"/>, the pool's.</summary>
    ReadLoans,

    /// <summary>See every bank of the pool.</summary>
    ReadAcrossBanks,

    /// <summary>See masked personal data in full, with a reason that is recorded.</summary>
    Unmask,

    /// <summary>Take lists out as files.</summary>
    ExportLoans,

    /// <summary>See the banks' non-performing ratios and standing.</summary>
    ReadRatios,

    /// <summary>Users of one's own organisation.</summary>
    ManageOwnUsers,

    /// <summary>Organisations of the installation and their first users.</summary>
    ManageOrganisations,

    /// <summary>Calendars, LPR and the other fact tables.</summary>
    ManageReferenceData,

    /// <summary>Pools and their rulebooks.</summary>
    ManageRulebooks,

    /// <summary>Read rulebooks, calendars and reference data.</summary>
    ReadRulebooks,

    /// <summary>Read the audit trail, one's own organisation's or, with <see cref="ReadAcrossBanks"/>, the pool's.</summary>
    ReadAudit,

    /// <summary>One's own account: password, second factor, sessions, language.</summary>
    ManageOwnAccount,
}
