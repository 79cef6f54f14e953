namespace FundPool.Application.Ports;

/// <summary>What a scanner says of a file.</summary>
public enum ScanVerdict
{
    /// <summary>Nothing was found, or no scanner is installed.</summary>
    Clean,

    /// <summary>Something harmful was found.</summary>
    Infected,

    /// <summary>A scanner is installed and gave no answer: the file is not taken.</summary>
    Unknown,
}

/// <summary>Looks at every file that somebody sends before it is kept.</summary>
public interface IVirusScanner
{
    /// <summary>Scans the whole content and leaves the stream at its beginning.</summary>
    Task<ScanVerdict> ScanAsync(Stream content, CancellationToken ct);
}
