using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Papers;

/// <summary>
/// Whether a paper is one of the portal's, for whoever holds it. An unknown code and one that can't be a code get the same answer: no paper.
/// </summary>
public static class VerifyPaper
{
    [Requires(Permission.Public)]
    public sealed record Query(string? Code) : IRequest<Answer>, IPublicPage
    {
        // A code belongs to no pool that the asker could name; the function looks in all of them.
        string IPublicPage.Pool => "";
    }

    /// <param name="Code">The code as it is stored; null where what was asked can't be one.</param>
    public sealed record Answer(string? Code, Known? Paper);

    /// <summary>What everybody may know of a paper by its code.</summary>
    public sealed class Known
    {
        public required string Kind { get; init; }
        public string? Number { get; init; }
        public required string Title { get; init; }
        public required string Issuer { get; init; }
        public DateOnly IssuedOn { get; init; }
        public long? AmountFen { get; init; }
        public required string Sha256 { get; init; }

        /// <summary>The pool's code where the paper is published and can be opened by anybody.</summary>
        public string? Pool { get; init; }

        public required string PoolName { get; init; }
        public required string PoolNameEn { get; init; }

        /// <summary>Null while it holds; else the number of what took its place, empty where that one has no number of its own.</summary>
        public string? Later { get; init; }
    }

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken cancellationToken) =>
            PaperCode.Read(query.Code) is { } code
                ? new Answer(code, await db.Database.SqlQuery<Known>($"""
                    select kind as "Kind", number as "Number", title as "Title", issuer as "Issuer", issued_on as "IssuedOn", amount_fen as "AmountFen", sha256 as "Sha256",
                           pool as "Pool", pool_name as "PoolName", pool_name_en as "PoolNameEn", later as "Later"
                    from compensation.verify_paper({code})
                    """).FirstOrDefaultAsync(cancellationToken))
                : new Answer(null, null);
    }
}
