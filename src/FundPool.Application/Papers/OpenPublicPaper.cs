using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Papers;

/// <summary>A published paper of a pool, a notice or a plan, for anybody: by its code, or by what it is about. It was made when it was published, so nobody here makes one.</summary>
public static class OpenPublicPaper
{
    [Requires(Permission.Public)]
    public sealed record Query(string Pool, string? Code, string? Kind = null, long Subject = 0) : IRequest<Outcome<PaperFile>>, IPublicPage;

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Query, Outcome<PaperFile>>
    {
        public async Task<Outcome<PaperFile>> Handle(Query query, CancellationToken cancellationToken)
        {
            string? code = PaperCode.Read(query.Code);
            IQueryable<IssuedPaper> published = db.Papers.AsNoTracking().Where(p => db.Pools.Any(pool => pool.Id == p.PoolId && pool.Code == query.Pool) && p.BankId == 0);
            IssuedPaper? paper = await (query.Kind is { } kind
                ? published.FirstOrDefaultAsync(p => p.Kind == kind && p.SubjectId == query.Subject, cancellationToken)
                : published.FirstOrDefaultAsync(p => p.Code == code, cancellationToken));
            return paper is null ? default(NotFound) : PaperFile.Of(paper);
        }
    }
}
