using FundPool.Data.Loans;

namespace FundPool.Application.Ports;

/// <summary>
/// Where files lie. Everything happens inside the caller's transaction and fence, so that a file and the row that names it are
/// kept or undone together. An object store can take its place.
/// </summary>
public interface IFileStore
{
    /// <summary>Keeps the content under a new id of the bank.</summary>
    Task<StoredFile> SaveAsync(int pool, int bank, Stream content, string name, string contentType, int? person, CancellationToken ct);

    /// <summary>The content as a temporary file that deletes itself when closed; null where there is no such file in reach.</summary>
    Task<FileStream?> OpenAsync(int pool, int bank, long file, CancellationToken ct);
}
