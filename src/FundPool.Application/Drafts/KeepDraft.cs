using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Drafts;

/// <summary>Keeps what a person has typed into a form and not sent yet. Two tabs on one draft are told apart by its version.</summary>
public static class KeepDraft
{
    public const int LongestBody = 64 << 10;

    /// <param name="Kind">register, edit or correct.</param>
    /// <param name="Key">Which form: empty for a new loan, else the loan's id.</param>
    /// <param name="Version">The version last seen; 0 for a new draft.</param>
    [Requires(Permission.RegisterLoans)]
    public sealed record Command(string Kind, string Key, string Body, int Version) : IRequest<Answer>;

    /// <param name="Conflict">Another tab has saved since; nothing was overwritten.</param>
    public sealed record Answer(int Version, DateTime SavedAt, bool Conflict);

    internal sealed class Handler(FundPoolDb db, IActor actor, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank(), person = actor.Person();
            // Locked, so that of two tabs that save at the same moment the second sees the first.
            Draft? draft = await db.Drafts
                .FromSql($"select * from loan.draft where pool_id = {pool} and bank_id = {bank} and person_id = {person} and kind = {command.Kind} and key = {command.Key} for update")
                .FirstOrDefaultAsync(cancellationToken);
            if (draft is not null && draft.Version != command.Version)
            {
                return new Answer(draft.Version, draft.SavedAt, true);
            }

            if (draft is null)
            {
                draft = new Draft { PoolId = pool, BankId = bank, PersonId = person, Kind = command.Kind, Key = command.Key, Body = command.Body, Version = 0 };
                db.Drafts.Add(draft);
            }

            draft.Body = command.Body;
            draft.Version++;
            draft.SavedAt = clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(cancellationToken);
            return new Answer(draft.Version, draft.SavedAt, false);
        }
    }
}
