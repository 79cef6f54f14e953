using FundPool.Data;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>The pool whose public page is asked for.</summary>
internal static class PublicPool
{
    /// <summary>Null where the address names none.</summary>
    public static Task<Pool?> PublicPoolAsync(this FundPoolDb db, string code, CancellationToken ct) =>
        db.Pools.AsNoTracking().FirstOrDefaultAsync(pool => pool.Code == code && pool.Id != 0, ct);
}
