using FundPool.Application.Verification;
using FundPool.Testing;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace FundPool.Application.Tests.WholeWay;

/// <summary>Whatever people do in whatever order, what must always hold holds (issue 3, done 2).</summary>
public sealed class RandomDeedsTests(ITestOutputHelper output)
{
    // Whoever had a hand in something and then approved it; and what was paid beyond what the rules let.
    private const string Wrong = """
        select 'submitted what they made: claim ' || v.claim_id from compensation.claim_version v
          where exists (select from audit.event e join lateral (select max(at) at from audit.event s where s.action = 'SubmitClaim' and s.entity_id = v.pool_id || '/' || v.bank_id || '/' || v.claim_id
                          and s.person_id = v.submitted_by) mine on true
                        where e.entity = 'compensation.claim' and e.entity_id = v.pool_id || '/' || v.bank_id || '/' || v.claim_id and e.person_id = v.submitted_by
                          and e.action in ('StartClaim', 'SaveClaim', 'UploadMaterials') and e.at < mine.at
                          and not exists (select from compensation.claim_version other where other.claim_id = v.claim_id and other.n < v.n))
        union all select 'decided own proposal: review ' || id from compensation.review where chief = officer
        union all select 'second look by the first: review ' || r.id from compensation.review r join compensation.review f on f.claim_id = r.claim_id and f.kind = 'review' and f.state = 'decided'
          where r.kind = 're_review' and r.chief is not null and (r.officer in (f.officer, f.chief) or r.chief in (f.officer, f.chief)) and f.proposal <> 'return'
        union all select 'published own notice: ' || n.id from compensation.notice n join compensation.batch b on b.id = n.batch_id where n.published_by = any (n.hands || b.hands || n.made_by)
        union all select 'issued own plan: ' || id from compensation.plan where issued_by = any (hands || made_by)
        union all select 'released own order: ' || id from compensation.payment_order where released_by = any (hands || prepared_by)
        union all select 'approved own receipt: ' || id from ledger.entry where made_by = approved_by
        union all select 'paid beyond the ruling: claim ' || id from compensation.claim where paid_fen > amount_fen or paid_fen > approved_fen
        union all select 'paid beyond half: claim ' || c.id from compensation.claim c join loan.loan l on l.bank_id = c.bank_id and l.id = c.loan_id where c.paid_fen > (l.principal_fen + 1) / 2
        union all select 'in two batches: claim ' || claim_id from compensation.batch_item where left_at is null group by claim_id having count(*) > 1
        union all select 'overdrawn' from ledger.balance where account = 'special' and fen < 0
        union all select 'postings of entry ' || entry_id || ' do not balance' from ledger.posting group by entry_id having sum(fen) <> 0
        union all select 'a loan of a claim that is not compensated lies in the compensation library: ' || l.id from loan.loan l where l.library = 'compensation'
          and not exists (select from compensation.claim c where c.bank_id = l.bank_id and c.loan_id = l.id and c.state = 'compensated')
        """;

    [Theory]
    [InlineData(20240401)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Deeds_ByRandomPeopleInRandomOrder_KeepEveryRule(int seed)
    {
        await using TestPortal portal = await TestPortal.OpenAsync();
        RandomDeeds deeds = new(portal, seed);
        await deeds.OpenAsync();
        Dictionary<string, string> due = [];
        for (int i = 0; i < 400; i++)
        {
            await deeds.DeedAsync();
            foreach (string? line in await portal.Database.ColumnAsync("""
                select 'claim ' || id || '|' || review_due from compensation.claim where review_due is not null
                union all select 'notice ' || id || '|' || ends_on from compensation.notice where ends_on is not null
                """))
            {
                string[] parts = line!.Split('|');
                string.CompareOrdinal(parts[1], due.GetValueOrDefault(parts[0], "")).ShouldBeGreaterThanOrEqualTo(0, $"the deadline of {parts[0]} was shortened");
                due[parts[0]] = parts[1];
            }
        }

        List<string?> reached = await portal.Database.ColumnAsync("select to_state || ' ' || count(*) from compensation.step group by to_state order by 1");
        output.WriteLine($"{string.Join(", ", deeds.Told.Select(told => $"{told.Key} {told.Value}"))}; {string.Join(", ", reached)}");
        (await portal.Database.ColumnAsync(Wrong)).ShouldBeEmpty();
        (await VerifyDatabase.RunAsync(portal.Database.Owner, _ => { }, 10, CancellationToken.None)).ShouldBeEmpty();
        reached.Select(line => line!.Split(' ')[0]).ShouldContain("submitted");
        // The run means something only where work got done, where rules refused, and where money flowed in one of them.
        deeds.Told["done"].ShouldBeGreaterThan(80);
        deeds.Told["refused"].ShouldBeGreaterThan(20);
        deeds.Told["denied"].ShouldBeGreaterThan(5);
    }
}
