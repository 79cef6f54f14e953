using FsCheck;
using FsCheck.Fluent;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Tests.Policy;
using Xunit;

namespace FundPool.Domain.Tests.Properties;

public sealed class RulingProperties
{
    private static readonly Share Cap = Share.Parse("0.50");

    private static readonly Gen<Case> Draws =
        from loan in Draw.Days
        from term in Gen.Choose(1, 4_000)
        from registered in Gen.Choose(-2, 120)
        from npl in Gen.Choose(-2, 700)
        from applied in Gen.Choose(-1, 95)
        from report in Gen.Choose(-1, 20)
        from kind in Gen.Elements(Enum.GetValues<BorrowerKind>())
        from balance in Gen.Choose(1, 310_000_000)
        from part in Gen.Choose(1, 100)
        from security in Gen.Elements(Securities.Credit, Securities.Credit | Securities.CoBorrower, Securities.Guarantee, Securities.Ip | Securities.Guarantee, Securities.RealEstate)
        from features in Gen.Choose(0, 15)
        from qualifications in Gen.Choose(0, 3)
        from rate in Gen.Choose(300, 600)
        from flags in Gen.Choose(0, 31)
        select new Case
        {
            Loan = new LoanTerms
            {
                LoanDate = loan,
                MaturityDate = loan.AddDays(term),
                BorrowerKind = kind,
                Industry = flags % 7 == 3 ? "J66" : "C39",
                Principal = new Money(balance * 10L),
                AnnualRate = new Rate(rate * 10_000L),
                Product = Product.WorkingCapital,
                TotalBalance = new Money(balance * 10L),
                CreditLine = new Money(balance * 4L),
                OtherCover = flags % 11 == 3 ? OtherCover.Insurance : OtherCover.None,
                Securities = security,
                Features = (Features)(flags % 2 * features),
                Qualifications = (Qualifications)qualifications,
            },
            RegisteredOn = loan.AddDays(registered),
            Legacy = flags > 28,
            Claim = new ClaimFacts
            {
                RiskClass = flags % 13 == 5 ? RiskClass.Normal : RiskClass.Loss,
                NplDate = loan.AddDays(registered + npl),
                AppliedOn = loan.AddDays(registered + npl + applied),
                CreditReportOn = loan.AddDays(registered + npl + applied - report),
                OutstandingPrincipal = new Money(Math.Max(1, balance * 10L * part / 100)),
            },
            BankSuspended = flags % 5 == 0,
            BankDishonest = flags == 30,
            BankRemoved = flags == 31,
        };

    [Fact]
    public void Case_WrittenAndReadAgain_IsTheSame() =>
        Draw.ForAll(Draws, facts =>
        {
            Case whole = facts with { Claim = facts.Claim! with { NplPrincipal = facts.Legacy ? null : facts.Loan.Principal }, Loan = facts.Loan with { CreditLine = facts.Loan.BorrowerIsPerson ? facts.Loan.CreditLine : null } };
            return CaseReader.TryRead(System.Text.Encoding.UTF8.GetBytes(CaseJson.Write("B001-2026-000001", whole)), out _, out Case? read, out _) && read == whole;
        });

    [Fact]
    public void Share_OfAnyCase_IsAtMostTheCap() =>
        Draw.ForAll(Draws, facts => Rule(facts).Share <= Cap);

    [Fact]
    public void Amount_OfAnyCase_IsTheShareOfThePrincipalRounded() =>
        Draw.ForAll(Draws, facts =>
        {
            Ruling ruling = Rule(facts);
            decimal exact = facts.Claim!.OutstandingPrincipal.Yuan * ruling.Share.BasisPoints / 10_000m;
            return ruling.Amount.Yuan == Math.Round(exact, 2, MidpointRounding.AwayFromZero) && ruling.Amount <= facts.Claim.OutstandingPrincipal;
        });

    [Fact]
    public void Amount_OfAClaimThatIsNotPayable_IsNothing() =>
        Draw.ForAll(Draws, facts => Rule(facts) is { IsPayable: true } || Rule(facts) is { Amount.Fen: 0, Share.BasisPoints: 0 });

    [Fact]
    public void Balance_ThatIsGreater_NeverRaisesTheShare() =>
        Draw.ForAll(
            from facts in Draws
            from more in Gen.Choose(0, int.MaxValue)
            select (facts, more),
            draw =>
            {
                Case greater = draw.facts with { Loan = draw.facts.Loan with { TotalBalance = draw.facts.Loan.TotalBalance + new Money(draw.more) } };
                return Rule(greater).Share <= Rule(draw.facts).Share;
            });

    [Fact]
    public void Reason_ThatIsAdded_NeverLowersTheShare() =>
        Draw.ForAll(Draws, facts =>
        {
            Case better = facts with { Loan = facts.Loan with { Features = facts.Loan.Features | Features.Green, Qualifications = facts.Loan.Qualifications | Qualifications.HighTech } };
            return Rule(better).Share >= Rule(facts).Share;
        });

    [Fact]
    public void Outcome_OfAnyCase_FollowsFromItsConditions() =>
        Draw.ForAll(Draws, facts =>
        {
            Ruling ruling = Rule(facts);
            RulingStep[] conditions = [.. ruling.Steps.Where(step => step.IsCondition)];
            RulingOutcome expected = conditions.Any(step => step.Met == false && step.Code != "bank_suspended") ? RulingOutcome.Ineligible
                : conditions.Any(step => step.Met is null && step.Code != "purpose") ? RulingOutcome.Undetermined
                : facts.BankSuspended ? RulingOutcome.Halted
                : RulingOutcome.Eligible;
            return ruling.Outcome == expected && ruling.Failed.SequenceEqual(conditions.Where(step => step.Met == false).Select(step => step.Code));
        });

    [Fact]
    public void Suspension_OfTheBank_OnlyHaltsWhatWasEligible() =>
        Draw.ForAll(Draws, facts =>
        {
            Ruling free = Rule(facts with { BankSuspended = false });
            Ruling halted = Rule(facts with { BankSuspended = true });
            return halted.Amount == free.Amount
                && halted.Outcome == (free.Outcome == RulingOutcome.Eligible ? RulingOutcome.Halted : free.Outcome);
        });

    [Fact]
    public void Deductions_OfAnyFindings_AddUpToTheDifferenceToTheFen() =>
        Draw.ForAll(
            from facts in Draws
            from part in Gen.Choose(1, 120)
            from more in Gen.Choose(0, 3)
            from strikes in Gen.Choose(0, 3)
            select (Facts: facts, Found: new FoundFacts
            {
                OutstandingPrincipal = part > 100 ? null : new Money(Math.Max(1, facts.Claim!.OutstandingPrincipal.Fen * part / 100)),
                TotalBalance = more == 0 ? null : new Money(facts.Loan.TotalBalance.Fen * more),
                NoQualification = (strikes & 1) != 0,
                NoFeature = (strikes & 2) != 0,
            }),
            draw =>
            {
                IReadOnlyList<FoundDeduction> deductions = FoundDeductions.Of(draw.Facts, draw.Found, facts => Rule(facts).Amount);
                Case changed = draw.Facts with
                {
                    Loan = draw.Facts.Loan with
                    {
                        TotalBalance = draw.Found.TotalBalance ?? draw.Facts.Loan.TotalBalance,
                        Qualifications = draw.Found.NoQualification ? Qualifications.None : draw.Facts.Loan.Qualifications,
                        Features = draw.Found.NoFeature ? Features.None : draw.Facts.Loan.Features,
                        Securities = draw.Found.NoFeature ? Securities.Guarantee : draw.Facts.Loan.Securities,
                    },
                    Claim = draw.Facts.Claim! with { OutstandingPrincipal = draw.Found.OutstandingPrincipal ?? draw.Facts.Claim!.OutstandingPrincipal },
                };
                long taken = deductions.Sum(deduction => deduction.Amount.Fen);
                return deductions.All(deduction => deduction.Amount >= Money.Zero) && Rule(draw.Facts).Amount.Fen - taken == Rule(changed).Amount.Fen;
            });

    [Fact]
    public void Ruling_MadeTwice_IsTheSameToTheLetter() =>
        Draw.ForAll(Draws, facts => Text(Rule(facts)) == Text(Rule(facts)));

    private static string Text(Ruling ruling) =>
        string.Join('\n', ruling.Steps.Select(step => $"{step.Article} {step.Code} {step.Met} {step.Words.Zh} {step.Words.En} {step.Effect}"));

    private static Ruling Rule(Case facts) => Ruling.On(facts, Cases.Shenzhen, Cases.Facts);
}
