using FundPool.Application.Loans;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>How a line of the checklist stands.</summary>
public enum MaterialState
{
    /// <summary>It must be there and is not.</summary>
    Missing,

    /// <summary>It may be there and is not.</summary>
    Empty,

    /// <summary>It is there.</summary>
    Present,

    /// <summary>The reviewer found it lacking, and nothing was uploaded since.</summary>
    Returned,
}

/// <summary>One document of a claim.</summary>
public sealed record MaterialFile(long Id, string Code, long File, string Name, string ContentType, long Size, string Sha256, string UploadedByName, DateTime UploadedAt);

/// <summary>One line of the checklist with what was uploaded to it.</summary>
public sealed record MaterialLine(MaterialRule Rule, bool IsNeeded, MaterialState State, IReadOnlyList<MaterialFile> Files, IReadOnlyList<Deficiency> Deficiencies);

/// <summary>The checklist (材料清单) of a claim: the rulebook's lines that go with a claim, each with its files.</summary>
internal static class ClaimMaterials
{
    public static IEnumerable<MaterialRule> RulesOf(Rulebook rulebook) => rulebook.Materials.Where(rule => !rule.ForPayment);

    /// <summary>The files that are there now, or those of a version whether they were replaced since or not.</summary>
    public static async Task<List<MaterialFile>> FilesAsync(FundPoolDb db, Claim claim, CancellationToken ct, IReadOnlyList<VersionMaterial>? ofVersion = null)
    {
        long[]? handed = ofVersion is null ? null : [.. ofVersion.Select(material => material.File)];
        var rows = await (
            from material in db.Materials.AsNoTracking()
            where material.PoolId == claim.PoolId && material.BankId == claim.BankId && material.ClaimId == claim.Id
                && (handed == null ? material.WithdrawnAt == null : handed.Contains(material.FileId))
            join file in db.Files on new { material.PoolId, material.BankId, Id = material.FileId } equals new { file.PoolId, file.BankId, file.Id }
            orderby material.Id
            select new { material, file.Name, file.ContentType, file.Size, file.Sha256 }).ToListAsync(ct);
        return [.. rows.Select(r => new MaterialFile(r.material.Id, r.material.Code, r.material.FileId, r.Name, r.ContentType, r.Size, Convert.ToHexStringLower(r.Sha256), r.material.UploadedByName, r.material.UploadedAt))];
    }

    /// <summary>What a return told the bank; what is only proposed is the reviewer's own.</summary>
    public static Task<List<Deficiency>> ToldAsync(FundPoolDb db, Claim claim, CancellationToken ct) => (
        from deficiency in db.Deficiencies
        where deficiency.PoolId == claim.PoolId && deficiency.BankId == claim.BankId && deficiency.ClaimId == claim.Id
        join review in db.Reviews on new { deficiency.PoolId, deficiency.BankId, Id = deficiency.ReviewId } equals new { review.PoolId, review.BankId, review.Id }
        where review.State == "decided" && review.Proposal == "return"
        orderby deficiency.Id
        select deficiency).ToListAsync(ct);

    public static IReadOnlyList<MaterialLine> Lines(Rulebook rulebook, Loan loan, IReadOnlyList<MaterialFile> files, IReadOnlyList<Deficiency> told)
    {
        Domain.Loans.LoanTerms terms = LoanMapping.FactsOf(loan).Terms;
        return [.. RulesOf(rulebook).Select(rule =>
        {
            List<MaterialFile> own = [.. files.Where(file => file.Code == rule.Code)];
            List<Deficiency> about = [.. told.Where(deficiency => deficiency.MaterialCode == rule.Code)];
            bool needed = rule.IsNeededFor(terms);
            MaterialState state = about.Count > 0 && !own.Any(file => file.UploadedAt > about.Max(deficiency => deficiency.RaisedAt)) ? MaterialState.Returned
                : own.Count > 0 ? MaterialState.Present
                : needed ? MaterialState.Missing : MaterialState.Empty;
            return new MaterialLine(rule, needed, state, own, about);
        })];
    }

    /// <summary>A problem for each document that must be there and is not.</summary>
    public static IEnumerable<Problem> Missing(IEnumerable<MaterialLine> lines) => lines.Where(line => line.IsNeeded && line.Files.Count == 0)
        .Select(line => new Problem("materials", "required", new Words($"缺少材料“{line.Rule.Name.Zh}”（{line.Rule.Article.Zh}）", $"“{line.Rule.Name.En}” is missing ({line.Rule.Article.En})")));
}
