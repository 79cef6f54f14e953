using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>Takes out a document of a claim. Written down. Others than the bank see what was submitted, and go on seeing it when it was replaced.</summary>
public static class OpenMaterial
{
    [Requires(Permission.ReadClaims)]
    public sealed record Command(int Bank, long Claim, long File) : IRequest<Outcome<Answer>>;

    /// <param name="Content">A temporary file that deletes itself when closed.</param>
    public sealed record Answer(FileStream Content, string Name, string ContentType);

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files, RuleSource rules) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Material? material = await db.Materials.AsNoTracking()
                .FirstOrDefaultAsync(m => m.PoolId == pool && m.BankId == command.Bank && m.ClaimId == command.Claim && m.FileId == command.File, cancellationToken);
            if (material is null || (actor.Acting.Bank != command.Bank && !await WasHandedInAsync(material, cancellationToken))
                || await files.OpenAsync(pool, command.Bank, command.File, cancellationToken) is not { } content)
            {
                return default(NotFound);
            }

            StoredFile file = await db.Files.AsNoTracking().FirstAsync(f => f.PoolId == pool && f.BankId == command.Bank && f.Id == command.File, cancellationToken);
            await db.NoteAsync(nameof(OpenMaterial), "compensation.material", $"{pool}/{command.Bank}/{command.Claim}", file.Name, cancellationToken);
            return new Answer(content, file.Name, file.ContentType);
        }

        private async Task<bool> WasHandedInAsync(Material material, CancellationToken ct)
        {
            RuleBase at = await rules.InAsync(db, ct);
            if (at.Rulebooks.Home.Materials.Any(rule => rule.ForPayment && rule.Code == material.Code))
            {
                return true;
            }

            List<ClaimVersion> versions = await db.ClaimVersions.AsNoTracking()
                .Where(v => v.PoolId == material.PoolId && v.BankId == material.BankId && v.ClaimId == material.ClaimId).ToListAsync(ct);
            return versions.Any(version => ClaimContent.MaterialsOf(version).Any(handed => handed.File == material.FileId));
        }
    }
}
