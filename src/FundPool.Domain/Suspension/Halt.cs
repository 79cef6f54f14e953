using System.Globalization;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Domain.Suspension;

/// <summary>How a bank stands in a pool on a day.</summary>
/// <param name="Standing">By its ratio.</param>
/// <param name="Ratio">The figures behind it.</param>
/// <param name="Since">The day on which it came to this standing; null where it never crossed a threshold.</param>
/// <param name="Dishonest">On the dishonesty list (a.30).</param>
/// <param name="Removed">Its membership has ended (a.24).</param>
public sealed record BankStanding(Standing Standing, NplRatio Ratio, DateOnly? Since, bool Dishonest, bool Removed);

/// <summary>
/// What a bank's standing stops (domain.md section 4): what was accepted during a suspension is not reviewed until the bank resumes; what
/// was in review before goes on and halts before a batch; what is published or planned goes on. Which of these stop is data of the rulebook.
/// </summary>
public static class Halt
{
    /// <summary>Why a claim is not reviewed now; null where it is.</summary>
    /// <param name="rulebook">The rulebook in force.</param>
    /// <param name="bank">How the bank stands today.</param>
    /// <param name="acceptedOn">The day of its first submission.</param>
    /// <param name="acceptedHalted">Whether the bank was suspended at that moment; it decides on the day of the crossing itself.</param>
    public static Refusal? BeforeReview(Rulebook rulebook, BankStanding bank, DateOnly acceptedOn, bool acceptedHalted)
    {
        if (rulebook.Suspension is not { } rule || bank.Standing != Standing.Suspended || !rule.Stops.Contains("review"))
        {
            return null;
        }

        bool duringThisSuspension = bank.Since is not { } since || acceptedOn > since || (acceptedOn == since && acceptedHalted);
        if (!duringThisSuspension)
        {
            return null;
        }

        Words figures = Figures(rule, bank);
        return new Refusal(rule.Article, new Words(
            $"{figures.Zh}；暂停期间接收的申请保留接收时间，恢复办理后再审核",
            $"{figures.En}; a claim accepted meanwhile keeps its place and is reviewed once the bank resumes"));
    }

    /// <summary>Why an approved claim does not enter a batch now; null where it does.</summary>
    public static Refusal? BeforeBatch(Rulebook rulebook, BankStanding bank)
    {
        if (bank.Dishonest && rulebook.ConditionOf("bank_dishonest") is { } dishonest)
        {
            return new Refusal(dishonest.Article, new Words("银行在严重失信主体名单内，移出名单前不列入批次", "The bank is on the dishonesty list; nothing of it enters a batch before it is off"));
        }

        if (bank.Removed && rulebook.ConditionOf("bank_removed") is { } removed)
        {
            return new Refusal(removed.Article, new Words("银行已被取消加盟资格，不列入批次", "The bank's membership has ended; nothing of it enters a batch"));
        }

        if (rulebook.Suspension is not { } rule || bank.Standing != Standing.Suspended || !rule.Stops.Contains("batch"))
        {
            return null;
        }

        Words figures = Figures(rule, bank);
        return new Refusal(rule.Article, new Words($"{figures.Zh}；恢复办理前不列入批次", $"{figures.En}; nothing of it enters a batch before it resumes"));
    }

    private static Words Figures(SuspensionRule rule, BankStanding bank)
    {
        string stop = (rule.Stop.Share.BasisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture);
        string ratio = (decimal.Parse(bank.Ratio.ToString(), CultureInfo.InvariantCulture) * 100m).ToString("0.00##", CultureInfo.InvariantCulture);
        string bad = bank.Ratio.NonPerforming.Yuan.ToString("#,##0.00", CultureInfo.InvariantCulture);
        string all = bank.Ratio.Registered.Yuan.ToString("#,##0.00", CultureInfo.InvariantCulture);
        string since = bank.Since?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
        return new Words(
            $"该行不良率 {ratio}%（不良贷款 {bad} 元÷入库贷款 {all} 元），超过 {stop}%，自 {since} 起暂停补偿业务",
            $"The bank's ratio is {ratio} % (non-performing {bad} of {all} CNY registered), above {stop} %; suspended since {since}");
    }
}
