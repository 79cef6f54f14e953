using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Compensation;

/// <summary>Begins a claim for every good row of a file, all together or none (a.19(2)). Documents are uploaded to each draft afterwards.</summary>
public static class TakeClaimFile
{
    /// <param name="Shown">The digest of the preview that the person saw.</param>
    [Requires(Permission.MakeClaims)]
    [UnderArticle("19(2)")]
    public sealed record Command(long File, string? Shown) : IRequest<Outcome<int>>;

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files, RuleSource rules) : IRequestHandler<Command, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Command command, CancellationToken cancellationToken)
        {
            Outcome<ClaimFile.Reading> outcome = await ClaimFile.ReadAsync(db, files, rules, actor.Pool(), actor.Bank(), command.File, cancellationToken);
            if (outcome.IsNotFound)
            {
                return default(NotFound);
            }

            if (!outcome.Succeeded)
            {
                return outcome.Problems.ToList();
            }

            ClaimFile.Reading reading = outcome.Value;
            if (reading.Lines.Count == 0)
            {
                return new Refusal(new Article("19(2)"), new Words("文件中没有可以建立申请的行", "No row of the file can become a claim"));
            }

            // A claim was begun, a class reported or the day changed since: the person decides on what holds now.
            if (reading.Digest != command.Shown)
            {
                return new Refusal(new Article("19(2)"), new Words("预览之后情况有变化；请核对最新结果后再确认", "Things changed since the preview; look at it again before you confirm"));
            }

            foreach (ClaimFile.Line line in reading.Lines)
            {
                Claim claim = await StartClaim.NewAsync(db, actor, line.Loan, rules.Today, cancellationToken);
                ClaimContent.Put(line.Entry, claim);
                db.Claims.Add(claim);
            }

            await db.SaveChangesAsync(cancellationToken);
            return reading.Lines.Count;
        }
    }
}
