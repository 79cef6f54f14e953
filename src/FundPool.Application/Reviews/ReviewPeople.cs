using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reviews;

/// <summary>Who may not take this look at a claim: whoever entered or edited it, who took part in an earlier look of another kind, and, as a chief, who proposed.</summary>
internal static class ReviewPeople
{
    public static async Task<Refusal?> WhyNotAsync(FundPoolDb db, Claim claim, string kind, int person, bool asChief, CancellationToken ct)
    {
        if (FourEyes.WhyNot(person, [.. claim.Hands, claim.MadeBy, claim.CheckedBy ?? 0], "20(1)") is { } own)
        {
            return own;
        }

        var rounds = await db.Reviews.AsNoTracking().Where(r => r.PoolId == claim.PoolId && r.BankId == claim.BankId && r.ClaimId == claim.Id)
            .Select(r => new { r.Kind, r.State, r.Officer, r.Chief }).ToListAsync(ct);
        if (rounds.Any(r => (r.Kind != kind || (kind == "re_examination" && r.State == "decided")) && (r.Officer == person || r.Chief == person)))
        {
            return new Refusal(new Article("20(1)"), new Words("您参与过本申请此前的审核；复核须由另外的人员办理", "You took part in an earlier review of this claim; other people must look at it again"));
        }

        return asChief && rounds.Any(r => r.Officer == person)
            ? new Refusal(new Article("20(1)"), new Words("提出初审意见的人不能作出复审决定", "Whoever proposed can't decide"))
            : null;
    }
}
