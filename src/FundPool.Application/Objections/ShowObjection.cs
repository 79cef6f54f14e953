using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Objections;

/// <summary>An objection, report or complaint with who sent it, the claim it is about and the reviewer's report. Looked at is written down.</summary>
public static class ShowObjection
{
    [Requires(Permission.HandleObjections)]
    public sealed record Command(long Objection) : IRequest<Outcome<Answer>>;

    /// <param name="Phone">In full; the page is for those who have to call.</param>
    /// <param name="Reports">The reviewer's re-examinations since it was taken up, newest first.</param>
    public sealed record Answer(Objection Objection, Objector Objector, string Phone, StoredFile? File, Notice? Notice, BatchLine? Claim, IReadOnlyList<Review> Reports);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IPersonalNumbers numbers) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), office = actor.Acting.Organisation ?? 0;
            if (await db.Objections.AsNoTracking().FirstOrDefaultAsync(o => o.PoolId == pool && o.Id == command.Objection, cancellationToken) is not { } objection
                || await db.Objectors.AsNoTracking().FirstOrDefaultAsync(o => o.PoolId == pool && o.OrganisationId == office && o.ObjectionId == objection.Id, cancellationToken) is not { } objector)
            {
                return default(NotFound);
            }

            StoredFile? file = objector.FileId is { } id ? await db.Files.AsNoTracking().FirstAsync(f => f.PoolId == pool && f.BankId == office && f.Id == id, cancellationToken) : null;
            Notice? notice = await db.Notices.AsNoTracking().FirstOrDefaultAsync(n => n.PoolId == pool && n.Id == objection.NoticeId, cancellationToken);
            List<BatchLine> claim = objection.ClaimId is { } about ? await db.LinesAsync(pool, db.Claims.Where(c => c.BankId == objection.ClaimBankId && c.Id == about), rules.Today, cancellationToken) : [];
            List<Review> reports = objection.ClaimId is null || objection.DecidedAt is null ? [] : await db.Reviews.AsNoTracking()
                .Where(r => r.PoolId == pool && r.BankId == objection.ClaimBankId && r.ClaimId == objection.ClaimId && r.Kind == "re_examination" && r.ProposedAt >= objection.DecidedAt)
                .OrderByDescending(r => r.Id).ToListAsync(cancellationToken);
            await db.NoteAsync(nameof(ShowObjection), "compensation.objection", FormattableString.Invariant($"{pool}/{objection.Id}"), objection.Receipt, cancellationToken);
            return new Answer(objection, objector, numbers.Reveal(objector.PhoneCipher), file, notice, claim.FirstOrDefault(), reports);
        }
    }
}
