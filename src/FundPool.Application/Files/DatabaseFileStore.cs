using System.Security.Cryptography;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Loans;
using Npgsql;
using NpgsqlTypes;

namespace FundPool.Application.Files;

/// <summary>Files in the database, in pieces of 1 MiB: shared by all web nodes, under the same fences and backups as the rows (ADR 0006).</summary>
public sealed class DatabaseFileStore(FundPoolDb db) : IFileStore
{
    private const int Piece = 1 << 20;

    public async Task<StoredFile> SaveAsync(int pool, int bank, Stream content, string name, string contentType, int? person, CancellationToken ct)
    {
        // The row needs the digest and the pieces need the row: digest first, then the pieces.
        using SHA256 sha256 = SHA256.Create();
        byte[] digest = await sha256.ComputeHashAsync(content, ct);
        StoredFile file = new()
        {
            PoolId = pool,
            BankId = bank,
            Name = name,
            ContentType = contentType,
            Size = content.Length,
            Sha256 = digest,
            CreatedBy = person,
        };
        db.Files.Add(file);
        await db.SaveChangesAsync(ct);

        content.Position = 0;
        byte[] buffer = new byte[Piece];
        int read;
        for (int n = 0; (read = await content.ReadAtLeastAsync(buffer, Piece, throwOnEndOfStream: false, ct)) > 0; n++)
        {
            await using NpgsqlCommand insert = new("insert into loan.file_chunk (pool_id, bank_id, file_id, n, bytes) values ($1, $2, $3, $4, $5)", db.Connection);
            insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = pool });
            insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = bank });
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = file.Id });
            insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = n });
            insert.Parameters.Add(new NpgsqlParameter<ArraySegment<byte>> { TypedValue = new(buffer, 0, read), NpgsqlDbType = NpgsqlDbType.Bytea });
            await insert.ExecuteNonQueryAsync(ct);
        }

        return file;
    }

    public async Task<FileStream?> OpenAsync(int pool, int bank, long file, CancellationToken ct)
    {
        FileStream copy = TemporaryFile.Create();
        try
        {
            await using NpgsqlCommand select = new("""
                select c.bytes from loan.file f left join loan.file_chunk c on c.pool_id = f.pool_id and c.bank_id = f.bank_id and c.file_id = f.id
                where f.pool_id = $1 and f.bank_id = $2 and f.id = $3 order by c.n
                """, db.Connection);
            select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = pool });
            select.Parameters.Add(new NpgsqlParameter<int> { TypedValue = bank });
            select.Parameters.Add(new NpgsqlParameter<long> { TypedValue = file });
            await using NpgsqlDataReader reader = await select.ExecuteReaderAsync(ct);
            bool found = false;
            while (await reader.ReadAsync(ct))
            {
                found = true;
                if (!await reader.IsDBNullAsync(0, ct))
                {
                    await copy.WriteAsync(reader.GetFieldValue<byte[]>(0), ct);
                }
            }

            if (!found)
            {
                await copy.DisposeAsync();
                return null;
            }

            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }
}

/// <summary>A file that is gone when it is closed, or when the process dies and the system clears its temporary folder.</summary>
public static class TemporaryFile
{
    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), "fundpool-" + Path.GetRandomFileName()),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 1 << 16 });
}
