using System.Globalization;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Suspension;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Policy;

public sealed class HaltTests
{
    private static readonly NplRatio Ratio = new(Money.Parse("3120000.00"), Money.Parse("100000000.00"));

    [Fact]
    public void Halt_OfTheTable_StopsAsListed() => PolicyTable.Check("halts.csv", row =>
    {
        BankStanding bank = new(Enum.Parse<Standing>(row["standing"], ignoreCase: true), Ratio, Day(row["since"]), row["dishonest"] == "true", row["removed"] == "true");
        Rulebook rulebook = Cases.Shenzhen.Home;

        (Halt.BeforeReview(rulebook, bank, Day(row["accepted_on"])!.Value, row["accepted_halted"] == "true")?.Article.Code ?? "").ShouldBe(row["review"]);
        (Halt.BeforeBatch(rulebook, bank)?.Article.Code ?? "").ShouldBe(row["batch"]);
    });

    [Fact]
    public void Refusal_OfASuspendedBank_NamesItsFigures() =>
        Halt.BeforeReview(Cases.Shenzhen.Home, new BankStanding(Standing.Suspended, Ratio, new DateOnly(2026, 3, 10), false, false), new DateOnly(2026, 3, 16), true)!.Words.Zh
            .ShouldBe("该行不良率 3.12%（不良贷款 3,120,000.00 元÷入库贷款 100,000,000.00 元），超过 3%，自 2026-03-10 起暂停补偿业务；暂停期间接收的申请保留接收时间，恢复办理后再审核");

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
