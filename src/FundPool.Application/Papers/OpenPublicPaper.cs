using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Papers;

/// <summary>A published paper of a pool, a notice or a plan, for anybody. It was made when it was published, so nobody here makes one.</summary>
public static class OpenPublicPaper
{
    [Requires(Permission.Public)]
    public sealed record Query(string Pool, string Code) : IRequest<Outcome<PaperFile>>, IPublicPage;

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Query, Outcome<PaperFile>>
    {
        public async Task<Outcome<PaperFile>> Handle(Query query, CancellationToken cancellationToken)
        {
            string? code = PaperCode.Read(query.Code);
            IssuedPaper? paper = code is null ? null : await db.Papers.AsNoTracking()
                .FirstOrDefaultAsync(p => db.Pools.Any(pool => pool.Id == p.PoolId && pool.Code == query.Pool) && p.BankId == 0 && p.Code == code, cancellationToken);
            return paper is null ? default(NotFound) : PaperFile.Of(paper);
        }
    }
}
