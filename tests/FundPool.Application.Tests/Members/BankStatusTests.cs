using System.Text;
using FundPool.Application.Members;
using FundPool.Application.Messages;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Members;

public sealed class BankStatusTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor officer = null!;
    private TestActor chief = null!;

    private int Bank => portal.Bank("B001");

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        officer = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Officer);
        chief = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Chief);
    }

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Listing_WhenDecided_HoldsFromItsDayAndEndsTheDayBeforeItIsTakenOff()
    {
        long change = (await ProposeAsync("list", "2026-03-18")).Value;
        (await StatusAsync()).ShouldBe(MemberStatus.Member);
        (await DecideAsync(change)).Succeeded.ShouldBeTrue();
        (await StatusAsync()).ShouldBe(MemberStatus.Listed);

        portal.Clock.Set(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.FromHours(8)));
        (await DecideAsync((await ProposeAsync("delist", "2026-06-01")).Value)).Succeeded.ShouldBeTrue();

        (await StatusAsync()).ShouldBe(MemberStatus.Member);
        (await portal.Database.ScalarAsync<DateOnly>("select dishonest_until from tenancy.organisation where id = $1", Bank)).ShouldBe(new DateOnly(2026, 5, 31));
    }

    [Fact]
    public async Task Membership_WhenEnded_ComesBackAfterTwoYearsOnly()
    {
        (await DecideAsync((await ProposeAsync("remove", "2026-03-18")).Value)).Succeeded.ShouldBeTrue();
        (await StatusAsync()).ShouldBe(MemberStatus.Removed);

        portal.Clock.Set(new DateTimeOffset(2028, 3, 17, 9, 0, 0, TimeSpan.FromHours(8)));
        (await ProposeAsync("readmit", "2028-03-17")).Refusal!.Words.Zh.ShouldContain("2028-03-18 起");
        portal.Clock.Set(new DateTimeOffset(2028, 3, 18, 9, 0, 0, TimeSpan.FromHours(8)));
        (await DecideAsync((await ProposeAsync("readmit", "2028-03-18")).Value)).Succeeded.ShouldBeTrue();

        (await StatusAsync()).ShouldBe(MemberStatus.Member);
    }

    [Fact]
    public async Task Change_OnItsWay_IsTheChiefsTurnAndThenKnownToTheBank()
    {
        long change = (await ProposeAsync("list", "2026-03-18")).Value;
        TestActor maker = await portal.MakerAsync();
        (await portal.SendAsync(maker, new ListMessages.Query(ListMessages.Part.All))).Rows.ShouldBeEmpty();
        (await portal.SendAsync(chief, new ListMessages.Query())).Rows.ShouldHaveSingleItem().Title.Zh.ShouldBe("有一项银行状态变更待审定");

        await DecideAsync(change);

        (await portal.SendAsync(chief, new ListMessages.Query())).Rows.ShouldBeEmpty();
        (await portal.SendAsync(maker, new ListMessages.Query(ListMessages.Part.All))).Rows.ShouldHaveSingleItem().Title.Zh.ShouldBe("甲银行深圳分行已列入严重失信主体名单");
    }

    [Fact]
    public async Task Proposer_EvenWithTheRight_CannotDecide()
    {
        long change = (await ProposeAsync("list", "2026-03-18")).Value;

        (await portal.SendAsync(officer.With(Permission.DecideBankStatus), new DecideBankStatus.Command(Bank, change, true, null))).Refusal!.Words.Zh.ShouldStartWith("您录入或修改过该项内容");
        await Should.ThrowAsync<PermissionDeniedException>(() => portal.SendAsync(officer, new DecideBankStatus.Command(Bank, change, true, null)));
    }

    [Fact]
    public async Task SecondProposal_WhileOneWaits_OrAChangeThatIsNone_IsRefused()
    {
        (await ProposeAsync("delist", "2026-03-18")).Refusal!.Words.Zh.ShouldBe("该行不在名单中");
        long change = (await ProposeAsync("list", "2026-03-18")).Value;
        (await ProposeAsync("remove", "2026-03-18")).Refusal!.Words.Zh.ShouldBe("该行已有一项变更待审定");
        (await portal.SendAsync(chief, new DecideBankStatus.Command(Bank, change, false, ""))).Problems.ShouldHaveSingleItem().Field.ShouldBe("opinion");
        (await portal.SendAsync(chief, new DecideBankStatus.Command(Bank, change, false, "依据不足"))).Succeeded.ShouldBeTrue();
        (await DecideAsync(change)).Refusal!.Words.Zh.ShouldBe("该项变更已审定");
        (await StatusAsync()).ShouldBe(MemberStatus.Member);
    }

    [Fact]
    public async Task Proposal_WithoutEvidenceOrReason_IsSentBackAtItsFields()
    {
        Outcome<long> outcome = await portal.SendAsync(officer, new ProposeBankStatus.Command(Bank, "remove", new DateOnly(2026, 3, 18), new DateOnly(2026, 4, 1), "", Stream.Null, ""));

        outcome.Problems.Select(problem => problem.Field).ShouldBe(["until", "reason", "file"]);
    }

    [Fact]
    public async Task Bank_SeesWhatWasDecidedAboutItselfAndItsEvidence()
    {
        long change = (await ProposeAsync("list", "2026-03-18")).Value;
        TestActor maker = await portal.MakerAsync(), other = await portal.MakerAsync("B002");
        (await portal.SendAsync(maker, new ShowMember.Query(Bank))).Value.Changes.ShouldBeEmpty();
        (await portal.SendAsync(maker, new OpenBankEvidence.Command(Bank, change))).IsNotFound.ShouldBeTrue();
        await DecideAsync(change);

        (await portal.SendAsync(maker, new ShowMember.Query(Bank))).Value.Changes.ShouldHaveSingleItem().Reason.ShouldBe("信用网站公示");
        await using FileStream file = (await portal.SendAsync(maker, new OpenBankEvidence.Command(Bank, change))).Value.Content;
        file.Length.ShouldBe(10);
        await portal.HoldsTogetherAsync("orphan_documents");
        (await portal.SendAsync(other, new ShowMember.Query(Bank))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(other, new OpenBankEvidence.Command(Bank, change))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(other, new ListMembers.Query())).ShouldHaveSingleItem().Bank.Id.ShouldBe(portal.Bank("B002"));
    }

    private async Task<Outcome<long>> ProposeAsync(string change, string from)
    {
        using MemoryStream content = new(Encoding.ASCII.GetBytes("%PDF-1.7 x"));
        return await portal.SendAsync(officer, new ProposeBankStatus.Command(Bank, change, DateOnly.ParseExact(from, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), null, "信用网站公示", content, "依据.pdf"));
    }

    private Task<Outcome<Done>> DecideAsync(long change) => portal.SendAsync(chief, new DecideBankStatus.Command(Bank, change, true, null));

    private async Task<MemberStatus> StatusAsync() => (await portal.SendAsync(chief, new ShowMember.Query(Bank))).Value.Status;
}
