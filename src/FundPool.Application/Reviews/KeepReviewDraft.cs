using FundPool.Application.Drafts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>Keeps what an officer has typed into a review and not proposed yet. Two tabs on one review are told apart by its version.</summary>
public static class KeepReviewDraft
{
    [Requires(Permission.ReviewClaims)]
    public sealed record Command(int Bank, long Claim, string Body, int Version) : IRequest<KeepDraft.Answer>;

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, KeepDraft.Answer>
    {
        public async Task<KeepDraft.Answer> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), unit = actor.Acting.Organisation ?? 0, person = actor.Person();
            string key = ReviewDrafts.KeyOf(command.Bank, command.Claim);
            // Locked, so that of two tabs that save at the same moment the second sees the first.
            Draft? draft = await db.Drafts
                .FromSql($"select * from loan.draft where pool_id = {pool} and bank_id = {unit} and person_id = {person} and kind = {ReviewDrafts.Kind} and key = {key} for update")
                .FirstOrDefaultAsync(cancellationToken);
            if (draft is not null && draft.Version != command.Version)
            {
                return new KeepDraft.Answer(draft.Version, draft.SavedAt, true);
            }

            if (draft is null)
            {
                draft = new Draft { PoolId = pool, BankId = unit, PersonId = person, Kind = ReviewDrafts.Kind, Key = key, Body = command.Body, Version = 0 };
                db.Drafts.Add(draft);
            }

            draft.Body = command.Body;
            draft.Version++;
            draft.SavedAt = clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(cancellationToken);
            return new KeepDraft.Answer(draft.Version, draft.SavedAt, false);
        }
    }
}
