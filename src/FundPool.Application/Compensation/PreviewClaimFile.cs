using FundPool.Application.Imports;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Compensation;

/// <summary>What a file of claims comes to today: the drafts it would make with their rulings, and the rows that are refused.</summary>
public static class PreviewClaimFile
{
    [Requires(Permission.MakeClaims)]
    public sealed record Query(long File) : IRequest<Outcome<ClaimFile.Reading>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files, RuleSource rules) : IRequestHandler<Query, Outcome<ClaimFile.Reading>>
    {
        public Task<Outcome<ClaimFile.Reading>> Handle(Query query, CancellationToken cancellationToken) =>
            ClaimFile.ReadAsync(db, files, rules, actor.Pool(), actor.Bank(), query.File, cancellationToken);
    }
}
