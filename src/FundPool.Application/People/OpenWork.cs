using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.People;

/// <summary>What lies on a person's desk: drafts, imports that wait for their word, and claims that they write. When they leave, another takes it over.</summary>
public sealed record OpenWork(int Drafts, int Imports, int Claims)
{
    public bool IsNone => Drafts + Imports + Claims == 0;

    internal static async Task<OpenWork> OfAsync(FundPoolDb db, IActor actor, int person, CancellationToken ct)
    {
        if (actor.Acting.Scope is not (Scope.Bank or Scope.Pool) || actor.Acting.Organisation is not { } bank)
        {
            return new OpenWork(0, 0, 0);
        }

        // An institution's drafts of reviews, notices and plans lie under its own number; imports and claims are a bank's alone.
        int pool = actor.Pool();
        return actor.Acting.Scope == Scope.Pool ? new OpenWork(await db.Drafts.CountAsync(d => d.PoolId == pool && d.BankId == bank && d.PersonId == person, ct), 0, 0) : new OpenWork(
            await db.Drafts.CountAsync(d => d.PoolId == pool && d.BankId == bank && d.PersonId == person, ct),
            await db.ImportBatches.CountAsync(
                b => b.PoolId == pool && b.BankId == bank && b.CreatedBy == person && (b.State == "checking" || b.State == "checked"), ct),
            await db.Claims.CountAsync(c => c.PoolId == pool && c.BankId == bank && c.MadeBy == person && (c.State == "draft" || c.State == "returned"), ct));
    }

    /// <summary>Who can go on with it: another maker of the bank, another officer or chief of an institution.</summary>
    internal static string[] RolesThatTake(IActor actor) => actor.Kind == OrganisationKind.Bank ? [Membership.CodeOf(Role.Maker)] : [Membership.CodeOf(Role.Officer), Membership.CodeOf(Role.Chief)];

    internal static async Task HandOverAsync(FundPoolDb db, IActor actor, int from, int to, CancellationToken ct)
    {
        int pool = actor.Pool();
        int bank = actor.Acting.Organisation!.Value;
        // Where the other already has a draft of the same name, this one comes beside it under a name of its own.
        await db.Database.ExecuteSqlAsync($"""
            update loan.draft d set person_id = {to}, key = case when exists (
                select from loan.draft o where o.pool_id = d.pool_id and o.bank_id = d.bank_id and o.person_id = {to} and o.kind = d.kind and o.key = d.key)
              then d.key || '-' || {from} else d.key end
            where d.pool_id = {pool} and d.bank_id = {bank} and d.person_id = {from}
            """, ct);
        if (actor.Acting.Scope != Scope.Bank)
        {
            return;
        }

        await db.ImportBatches
            .Where(b => b.PoolId == pool && b.BankId == bank && b.CreatedBy == from && (b.State == "checking" || b.State == "checked"))
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.CreatedBy, to), ct);
        // Whoever checked a claim before stays its checker; another maker of the bank can go on with it all the same.
        string name = await db.People.AsNoTracking().Where(p => p.PoolId == pool && p.Id == to).Select(p => p.FullName).FirstAsync(ct);
        await db.Claims
            .Where(c => c.PoolId == pool && c.BankId == bank && c.MadeBy == from && (c.State == "draft" || c.State == "returned") && c.CheckedBy != to)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.MadeBy, to).SetProperty(c => c.MadeByName, name), ct);
    }
}
