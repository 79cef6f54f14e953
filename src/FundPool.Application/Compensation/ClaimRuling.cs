using System.Text;
using System.Text.Json.Nodes;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Tenancy;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>The ruling on a claim with what it comes to for the claim.</summary>
/// <param name="Ruling">Every step with its article.</param>
/// <param name="Share">The share borne, or the one that would be if the reviewer answers the open question with yes.</param>
/// <param name="Amount">The same for the amount: the most that can be approved.</param>
public sealed record ClaimRuling(Ruling Ruling, Share Share, Money Amount)
{
    // Non-performing on the very day of registration is left to the reviewer (domain.md section 8); nothing else that is open is.
    private const string LeftToReviewer = "npl_after_registration";

    /// <summary>Rules on a case. Where only the reviewer's question is open, share and amount are those of its being met.</summary>
    public static ClaimRuling On(Case facts, RulebookSet rulebooks, Domain.Facts.ReferenceData reference)
    {
        Ruling ruling = Ruling.On(facts, rulebooks, reference);
        if (ruling.IsPayable || ruling.Outcome != RulingOutcome.Undetermined || facts.Claim is not { } claim || claim.NplDate != facts.RegisteredOn)
        {
            return new ClaimRuling(ruling, ruling.Share, ruling.Amount);
        }

        Ruling supposed = Ruling.On(facts with { RegisteredOn = facts.RegisteredOn.AddDays(-1) }, rulebooks, reference);
        return new ClaimRuling(ruling, supposed.Share, supposed.Amount);
    }

    /// <summary>Rules with the rules and facts of now.</summary>
    public static ClaimRuling On(Case facts, RuleBase at) => On(facts, at.Rulebooks, at.Facts);

    /// <summary>Why the claim can't be submitted: a condition that is not met, or one that nobody can answer yet. A suspended bank's claim is taken and waits.</summary>
    public Refusal? WhyNot
    {
        get
        {
            bool failed = Ruling.Outcome == RulingOutcome.Ineligible;
            return Ruling.Steps.Where(step => step.IsCondition && (failed ? step.Effect == "ineligible" : step.Effect == "undetermined" && step.Code != LeftToReviewer))
                .Select(step => new Refusal(step.Article, step.Words)).FirstOrDefault();
        }
    }

    /// <summary>Nothing in it asks for a second look: eligible, and no condition that warns.</summary>
    public bool IsPlain => Ruling.Outcome == RulingOutcome.Eligible && Ruling.Steps.All(step => !step.IsCondition || step.Effect != "warning");

    /// <summary>The outward code of the outcome, as it is stored.</summary>
    public string OutcomeCode => Encoding.UTF8.GetString(RulingJson.Code(Ruling.Outcome));

    /// <summary>The ruling in the outward contract's form.</summary>
    public static string Write(string id, Ruling ruling, RulebookSet rulebooks)
    {
        Utf8Text text = new();
        new RulingJson(rulebooks).Write(Encoding.UTF8.GetBytes($"\"{id}\""), ruling, text);
        return text.ToString();
    }

    /// <summary>Rules once more on what a version rested on: its case, its rulebooks, its calendar and rates.</summary>
    public static async Task<Replay> AgainAsync(FundPoolDb db, ClaimVersion version, CancellationToken ct)
    {
        FactsSnapshot snapshot = await db.FactsSnapshots.AsNoTracking().FirstAsync(s => s.Hash == version.FactsHash, ct);
        Pool pool = await db.Pools.AsNoTracking().FirstAsync(p => p.Id == version.PoolId, ct);
        FactsText.Restored then = FactsText.Restore(snapshot, pool.Code);
        if (!CaseReader.TryRead(Encoding.UTF8.GetBytes(version.RuledCase), out _, out Case? facts, out Problem? problem))
        {
            throw new InvalidOperationException($"The kept case of version {version.N} can't be read: {problem!.Message.En}");
        }

        ClaimRuling ruling = On(facts!, then.Rulebooks, then.Facts);
        JsonNode stored = JsonNode.Parse(version.Ruling)!;
        JsonNode again = JsonNode.Parse(Write((string)stored["id"]!, ruling.Ruling, then.Rulebooks))!;
        return new Replay(ruling, facts!, JsonNode.DeepEquals(stored, again), then.IsIntact,
            (string)stored["outcome"]!, Money.Parse((string)stored["amount"]!));
    }

    /// <param name="Ruling">As it comes out now.</param>
    /// <param name="Facts">What it rests on.</param>
    /// <param name="IsEqual">Every step, sentence and figure is the one that was stored.</param>
    /// <param name="IsIntact">Calendar, rates and rulebooks are the ones of then, by their digests.</param>
    public sealed record Replay(ClaimRuling Ruling, Case Facts, bool IsEqual, bool IsIntact, string StoredOutcome, Money StoredAmount);
}
