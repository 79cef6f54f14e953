namespace FundPool.Application.Imports;

/// <summary>What an import is to do, and where it says how far it is.</summary>
/// <param name="AsOf">The day on which the rows enter, Asia/Shanghai.</param>
/// <param name="Legacy">Whether the window test is left out for the loans of the rule's first months (domain.md section 8).</param>
/// <param name="Report">Phase and rows done; cheap to call for every row.</param>
internal sealed record ImportWork(int Pool, int Bank, int? Person, DateOnly AsOf, string? LegacyReason, Action<string, int> Report)
{
    public bool Legacy => LegacyReason is not null;
}

/// <summary>What a file comes to.</summary>
/// <param name="Accepted">Rows that enter.</param>
/// <param name="Unchanged">Rows that the library holds word for word.</param>
/// <param name="Rejected">Refused rows, each counted once.</param>
/// <param name="Warned">Accepted rows with a warning.</param>
/// <param name="PrincipalFen">Disbursed principal of the accepted rows.</param>
public sealed record ImportCounts(int Rows, int Accepted, int Unchanged, int Rejected, int Warned, long PrincipalFen);

/// <summary>A kind of file: compared with the library first, kept afterwards, both inside one transaction.</summary>
internal interface IImport : IDisposable
{
    Task<ImportCounts> CompareAsync(FileStream file, string name, CancellationToken ct);

    /// <summary>The refusals in the order of the rows; good until disposed.</summary>
    IEnumerable<RowError> Errors();

    Task KeepAsync(long batch, CancellationToken ct);
}
