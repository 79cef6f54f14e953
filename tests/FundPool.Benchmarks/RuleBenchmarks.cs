using BenchmarkDotNet.Attributes;
using FundPool.Domain.Compensation;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Rulebooks;

namespace FundPool.Benchmarks;

/// <summary>What each row of a file and each case of <c>ruling</c> costs in process: <c>dotnet run -c Release --project tests/FundPool.Benchmarks -- --filter '*'</c>.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private readonly RulebookSet rulebooks = RulebookSet.Embedded("shenzhen")!;
    private readonly ReferenceData reference = ReferenceData.Embedded;
    private readonly string?[] cells =
    [
        "HT-1", "JJ-1", "深圳市华信电子有限公司", "91440300192317458F", "small", "C3921", "86", "32000000.00", "18000000.00", "2024-11-06", "2025-11-06", "CNY",
        "4500000.00", null, "0.0365", "working_capital", "采购原材料", "guarantee;receivable", "first_loan", "high_tech", "4800000.00", null, "none", "福田支行",
    ];

    private LoanFacts loan = null!;
    private Case claim = null!;

    [GlobalSetup]
    public void Prepare()
    {
        loan = LoanReader.Read(cells).Loan ?? throw new InvalidOperationException("The row of the benchmark is not sound.");
        claim = new Case
        {
            Loan = loan.Terms,
            RegisteredOn = new DateOnly(2024, 12, 3),
            Claim = new ClaimFacts
            {
                RiskClass = RiskClass.Substandard,
                NplDate = new DateOnly(2025, 6, 2),
                AppliedOn = new DateOnly(2025, 7, 8),
                CreditReportOn = new DateOnly(2025, 7, 1),
                OutstandingPrincipal = new Money(450_000_000),
            },
        };
    }

    [Benchmark]
    public LoanReading ReadRow() => LoanReader.Read(cells);

    [Benchmark]
    public bool RuleOnRegistration() => RegistrationRuling.On(loan, new DateOnly(2024, 12, 3), legacy: false, bankRemoved: false, rulebooks, reference).IsRefused;

    [Benchmark]
    public Money RuleOnClaim() => Ruling.On(claim, rulebooks, reference).Amount;
}
