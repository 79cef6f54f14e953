using FsCheck.Fluent;
using FundPool.Domain.Kernel;
using FundPool.Domain.Ledger;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Properties;

public sealed class LedgerProperties
{
    private static readonly DateTime Start = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly FsCheck.Gen<QueuedClaim> Claims =
        from bank in Gen.Choose(1, 3)
        from claim in Gen.Choose(1, 10_000)
        from minute in Gen.Choose(0, 30)
        from fen in Gen.Choose(1, 1_000)
        from held in Gen.Choose(0, 4)
        select new QueuedClaim(bank, claim, 1, Start.AddMinutes(minute), new Money(fen), held == 0 ? QueueHold.Upgraded : null);

    private static readonly FsCheck.Gen<(List<QueuedClaim> Queue, Money Balance)> Queues =
        from claims in Gen.ListOf(Claims)
        from balance in Gen.Choose(0, 8_000)
        select (claims.DistinctBy(c => (c.Bank, c.Claim)).ToList(), new Money(balance));

    [Fact]
    public void Payable_Always_FitsTheBalance() =>
        Draw.ForAll(Queues, draw => PaymentQueue.Payable(draw.Queue, draw.Balance).Sum(c => c.Sum.Fen) <= draw.Balance.Fen);

    [Fact]
    public void Payable_Always_IsAPrefixOfThoseThatAreNotHeld() =>
        Draw.ForAll(Queues, draw =>
        {
            IReadOnlyList<QueuedClaim> payable = PaymentQueue.Payable(draw.Queue, draw.Balance);
            return draw.Queue.Where(c => c.Held is null).OrderBy(c => c.AcceptedAt).ThenBy(c => c.Bank).ThenBy(c => c.Claim).Take(payable.Count).SequenceEqual(payable);
        });

    [Fact]
    public void Payable_Always_LeavesOutOnlyWhatTheRestDoesNotCover() =>
        Draw.ForAll(Queues, draw =>
        {
            IReadOnlyList<QueuedClaim> payable = PaymentQueue.Payable(draw.Queue, draw.Balance);
            QueuedClaim? next = PaymentQueue.Places(draw.Queue, draw.Balance).Select(p => p.Claim).Where(c => c.Held is null).Skip(payable.Count).FirstOrDefault();
            return next is null || payable.Sum(c => c.Sum.Fen) + next.Sum.Fen > draw.Balance.Fen;
        });

    [Fact]
    public void Place_Always_CountsThoseBeforeAndTheirSum() =>
        Draw.ForAll(Queues, draw =>
        {
            IReadOnlyList<QueuePlace> places = PaymentQueue.Places(draw.Queue, draw.Balance);
            return places.Select((place, i) => (place, before: places.Take(i).Where(p => p.Claim.Held is null).ToList()))
                .All(p => p.place.Place == p.before.Count + 1 && p.place.Ahead.Fen == p.before.Sum(b => b.Claim.Sum.Fen));
        });

    [Fact]
    public void Queue_InAnyOrder_GivesTheSamePlaces() =>
        Draw.ForAll(Queues, draw => PaymentQueue.Places(draw.Queue, draw.Balance).SequenceEqual(PaymentQueue.Places(Enumerable.Reverse(draw.Queue), draw.Balance)));

    [Fact]
    public void Entry_OfAnyPayment_AddsUpToNothingAndItsReversalUndoesEachAccount() =>
        Draw.ForAll(Gen.NonEmptyListOf(Claims), claims =>
        {
            Entry paid = Entry.Payment([.. claims.Select(c => (c.Bank, c.Claim, c.Sum))]);
            Entry undone = Entry.Reversal([.. paid.Postings]);
            return paid.Postings.Sum(p => p.Sum.Fen) == 0
                && paid.Postings.Concat(undone.Postings).GroupBy(p => (p.Account, p.Claim)).All(account => account.Sum(p => p.Sum.Fen) == 0);
        });

    [Fact]
    public void Payable_WhenTheFirstIsTooLarge_PaysNobody()
    {
        QueuedClaim large = new(1, 1, 1, Start, new Money(500), null), small = new(2, 2, 1, Start.AddMinutes(1), new Money(10), null);

        PaymentQueue.Payable([small, large], new Money(499)).ShouldBeEmpty();
        PaymentQueue.Payable([small, large with { Held = QueueHold.Library }], new Money(499)).ShouldBe([small]);
    }

    [Fact]
    public void Entry_WithoutASum_CantBeMade()
    {
        Should.Throw<ArgumentException>(() => Entry.Appropriation(Money.Zero));
        Should.Throw<ArgumentException>(() => Entry.Interest(new Money(-1)));
        Should.Throw<ArgumentException>(() => Entry.Payment([]));
        Should.Throw<ArgumentException>(() => Entry.Payment([(1, 1, new Money(5)), (1, 2, new Money(-5))]));
    }
}
