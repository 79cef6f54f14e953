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

    /// <summary>See the jobs behind the pages: when they run, what they did, what failed.</summary>
    WatchJobs,

    /// <summary>Read the record of what was done.</summary>
    ReadAudit,

    /// <summary>Read the rulebooks of the pool.</summary>
    ReadRulebooks,

    /// <summary>Read claims, their documents and history: a bank its own, the pool's institutions all of their pool.</summary>
    ReadClaims,

    /// <summary>Write, supplement and withdraw claims, upload their documents, ask for re-review (a.19(2)).</summary>
    MakeClaims,

    /// <summary>Check a claim inside the bank and submit it, or give it back.</summary>
    CheckClaims,

    /// <summary>Look at submitted claims and propose the decision; report on objected ones (a.20(1), (2)).</summary>
    ReviewClaims,

    /// <summary>Decide on what an officer proposed for a claim.</summary>
    DecideReviews,

    /// <summary>Gather batches and draft public notices (a.20(2)).</summary>
    PrepareNotices,

    /// <summary>Publish a public notice or its correction.</summary>
    PublishNotices,

    /// <summary>Take up or decline objections, reports and complaints.</summary>
    HandleObjections,

    /// <summary>Draft a funding plan.</summary>
    PreparePlans,

    /// <summary>Issue a funding plan (a.20(2)).</summary>
    IssuePlans,

    /// <summary>Propose that a bank goes on or off the dishonesty list, or that its membership ends (a.24, a.30).</summary>
    ProposeBankStatus,

    /// <summary>Decide on what was proposed for a bank's status.</summary>
    DecideBankStatus,

    /// <summary>Read funding plans, payment documents, orders and the queue for the money: a bank its own.</summary>
    ReadPayments,

    /// <summary>File the payment documents of an issued plan (a.19(3)).</summary>
    FilePaymentDocuments,

    /// <summary>Check payment documents and prepare payment orders (a.20(3)).</summary>
    PreparePayments,

    /// <summary>Release payment orders, with a fresh second factor.</summary>
    ReleasePayments,

    /// <summary>Confirm that the money arrived and move the loan to the compensation library (a.19(4)).</summary>
    ConfirmReceipts,

    /// <summary>Read the pool's ledger and balance.</summary>
    ReadLedger,

    /// <summary>Enter budget appropriations and interest.</summary>
    EnterReceipts,

    /// <summary>Approve what was entered as received, so that it is posted.</summary>
    ApproveReceipts,
}
