using FundPool.Application.Ledger;
using FundPool.Application.Loans;
using FundPool.Application.Messages;
using FundPool.Data.Tenancy;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Messages;

/// <summary>Whoever's turn it is finds it in the inbox, and nobody else does.</summary>
public sealed class InboxTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Claim_Submitted_IsTheOfficersTurnWithItsDeadline()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);
        TestActor officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer);

        ListMessages.Row row = (await InboxAsync(officer)).Rows.ShouldHaveSingleItem();

        row.Todo.ShouldBeTrue();
        row.Due.ShouldBe(new DateOnly(2026, 4, 15));
        row.Title.Zh.ShouldBe($"申请 {await NumberAsync(claim)} 已提交，待初审");
        (await InboxAsync(await portal.ReviewerAsync())).Rows.ShouldBeEmpty();
        (await InboxAsync(await portal.MakerAsync())).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Claim_MovedOn_IsDoneForOneAndTheTurnOfTheNext()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);
        TestActor officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer);

        await MoveAsync("proposed", claim);

        (await InboxAsync(officer)).Todo.ShouldBe(0);
        (await InboxAsync(officer, ListMessages.Part.Done)).Rows.ShouldHaveSingleItem().ClosedAt.ShouldNotBeNull();
        (await InboxAsync(await portal.ReviewerAsync())).Rows.ShouldHaveSingleItem().Title.Zh.ShouldEndWith("待复审");
    }

    [Fact]
    public async Task Claim_Returned_TellsTheBankHowManyThingsAreLacking()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Proposed);
        await using (NpgsqlConnection connection = await portal.Database.Owner.OpenConnectionAsync())
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync())
        {
            // The review and its deficiencies are written after the move, as EF may do it.
            await using NpgsqlCommand command = new($"""
                update compensation.claim set state = 'returned' where id = {claim.Id};
                with r as (insert into compensation.review (pool_id, bank_id, claim_id, kind, claim_version, proposal, officer_opinion, officer, officer_name)
                           values ({portal.Database.Pool}, {claim.Bank}, {claim.Id}, 'review', 1, 'return', '缺', 1, '甲') returning id)
                insert into compensation.deficiency (pool_id, bank_id, claim_id, review_id, code, note)
                select {portal.Database.Pool}, {claim.Bank}, {claim.Id}, r.id, 'missing', n from r, unnest(array['缺合同', '缺流水']) n
                """, connection, transaction);
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }

        ListMessages.Row row = (await InboxAsync(await portal.MakerAsync())).Rows.ShouldHaveSingleItem();

        row.Note!.Value.Zh.ShouldBe("须补正 2 项，已一次性告知；补正期间审核计时暂停");
        row.Due.ShouldBeNull();
    }

    [Fact]
    public async Task Claims_MovedTogether_AreOneMessageToEachBankAndNoneOfTheOthers()
    {
        ClaimKey[] claims = [await portal.ClaimAsync("B001", ClaimState.Batched), await portal.ClaimAsync("B001", ClaimState.Batched), await portal.ClaimAsync("B002", ClaimState.Batched)];

        await MoveAsync("published", claims);

        (await InboxAsync(await portal.MakerAsync("B001"), ListMessages.Part.All)).Rows.ShouldHaveSingleItem().Title.Zh.ShouldBe("2 笔申请已公示");
        ListMessages.Row other = (await InboxAsync(await portal.MakerAsync("B002"), ListMessages.Part.All)).Rows.ShouldHaveSingleItem();
        other.Title.Zh.ShouldBe($"申请 {await NumberAsync(claims[2])} 已公示");
        other.Todo.ShouldBeFalse();
    }

    [Fact]
    public async Task Claims_WaitingTogether_StayToDoUntilTheLastHasMoved()
    {
        ClaimKey[] claims = [await portal.ClaimAsync("B001", ClaimState.Clear), await portal.ClaimAsync("B001", ClaimState.Clear)];
        TestActor maker = await portal.MakerAsync();

        await MoveAsync("planned", claims);
        await MoveAsync("filed", claims[0]);
        (await InboxAsync(maker)).Todo.ShouldBe(1);
        await MoveAsync("filed", claims[1]);

        (await InboxAsync(maker)).Todo.ShouldBe(0);
    }

    [Fact]
    public async Task EveryKind_ThatTheHistoryTells_HasWordsOfItsOwn()
    {
        List<string?> turns = await portal.Database.ColumnAsync("select 'claim.' || to_state from compensation.turn");

        turns.Where(kind => !MessageWords.Kinds.Contains(kind!)).ShouldBeEmpty();
        (await portal.Database.ColumnAsync("select permission from compensation.turn")).Where(name => !Enum.TryParse<Permission>(name, out _)).ShouldBeEmpty();
        (await portal.Database.ColumnAsync("select to_state from compensation.turn")).Where(state => !ClaimStates.All.TryCode(state!, out _)).ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryTurn_BesideTheClaims_HasWordsAndAPermission()
    {
        (await portal.Database.ColumnAsync("select said from tenancy.turn")).Where(kind => !MessageWords.Kinds.Contains(kind!)).ShouldBeEmpty();
        (await portal.Database.ColumnAsync("select permission from tenancy.turn")).Where(name => !Enum.TryParse<Permission>(name, out _)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Receipt_Entered_IsTheTreasurersChiefsTurnUntilItIsDecided()
    {
        TestActor officer = await portal.PersonAsync("JRZX", OrganisationKind.Treasurer, Role.Officer), chief = await portal.PersonAsync("JRZX", OrganisationKind.Treasurer, Role.Chief);
        long receipt = (await portal.SendAsync(officer, new EnterReceipt.Command("interest", Money.Parse("100.00"), new DateOnly(2026, 3, 17), "回单-9", "第一季度利息", "key-of-a-form"))).Value;
        (await InboxAsync(chief)).Rows.ShouldHaveSingleItem().Title.Zh.ShouldBe("收款 回单-9 已录入，待审核入账");
        (await InboxAsync(officer)).Todo.ShouldBe(0);

        await portal.SendAsync(chief, new DecideReceipt.Command(receipt, false, "金额与回单不符"));

        (await InboxAsync(chief)).Todo.ShouldBe(0);
        (await InboxAsync(officer, ListMessages.Part.All)).Rows.ShouldHaveSingleItem().Title.Zh.ShouldBe("收款 回单-9 被退回");
        (await portal.SendAsync(officer, new EnterReceipt.Command("interest", Money.Parse("100.00"), new DateOnly(2026, 3, 17), "回单-9", "再录", "key-of-another"))).Succeeded.ShouldBeTrue();
        (await portal.SendAsync(officer, new EnterReceipt.Command("interest", Money.Parse("100.00"), new DateOnly(2026, 3, 17), "回单-9", "又录", "key-of-a-third"))).Problems.ShouldHaveSingleItem().Field.ShouldBe("document");
    }

    [Fact]
    public async Task Crossing_OfAThreshold_IsToldToTheBankAndTheReviewer()
    {
        await portal.GoodBookAsync("B001");
        TestActor maker = await portal.MakerAsync(), officer = await portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer), other = await portal.MakerAsync("B002");
        long large = await portal.Database.ScalarAsync<long>("select min(id) from loan.loan where principal_fen = 3000000000");

        await portal.SendAsync(maker, new ReportClassification.Command(large, "loss", portal.Rules.Today, Money.Parse("30000000.00"), 120, true));

        (await InboxAsync(maker, ListMessages.Part.All)).Rows.ShouldContain(row => row.Title.Zh == "甲银行深圳分行的不良率超过上限，暂停补偿审核");
        (await InboxAsync(officer, ListMessages.Part.All)).Rows.ShouldContain(row => row.Title.Zh == "甲银行深圳分行的不良率超过上限，暂停补偿审核");
        (await InboxAsync(other, ListMessages.Part.All)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Turn_Always_FallsToSomebodyWhoCanMoveTheClaim()
    {
        // Each state that is somebody's turn has a move on that side, so that no to-do stands for ever.
        List<string?> turns = await portal.Database.ColumnAsync("select distinct t.to_state || ' ' || case when t.kind = 'bank' then 'bank' else 'pool' end from compensation.turn t where t.todo");
        List<string?> moves = await portal.Database.ColumnAsync("select distinct from_state || ' ' || side from compensation.transition");

        turns.Where(turn => !moves.Contains(turn)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_Opened_IsReadByThatPersonAlone()
    {
        await portal.ClaimAsync("B001", ClaimState.Published);
        TestActor maker = await portal.MakerAsync(), colleague = await portal.MakerAsync();
        long id = (await InboxAsync(maker, ListMessages.Part.All)).Rows.ShouldHaveSingleItem().Id;

        (await portal.SendAsync(maker, new OpenMessage.Command(id))).Value.ShouldStartWith("/claims/");
        await portal.SendAsync(maker, new OpenMessage.Command(id));

        (await portal.SendAsync(maker, new CountMessages.Query())).Unread.ShouldBe(0);
        (await portal.SendAsync(colleague, new CountMessages.Query())).Unread.ShouldBe(1);
        (await portal.SendAsync(colleague, new ReadMessages.Command())).Value.ShouldBe(1);
        (await portal.SendAsync(colleague, new CountMessages.Query())).Unread.ShouldBe(0);
    }

    [Fact]
    public async Task Message_OfAnotherBankOrAnotherPermission_IsNotThere()
    {
        await portal.ClaimAsync("B001", ClaimState.Published);
        long id = (await InboxAsync(await portal.MakerAsync(), ListMessages.Part.All)).Rows[0].Id;

        (await portal.SendAsync(await portal.MakerAsync("B002"), new OpenMessage.Command(id))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(await portal.PersonAsync("B001", OrganisationKind.Bank, Role.Checker), new OpenMessage.Command(id))).IsNotFound.ShouldBeTrue();
    }

    [Fact]
    public async Task Tidings_ToldTwice_StandOnce()
    {
        Tidings tidings = new("test", new Words("标题", "Title"), "/loans", "one") { For = Permission.MakeClaims };

        (await TellAsync(Acting.SystemForPool(portal.Database.Pool), portal.Bank("B001"), tidings)).ShouldBeTrue();
        (await TellAsync(Acting.SystemForPool(portal.Database.Pool), portal.Bank("B001"), tidings)).ShouldBeFalse();

        (await InboxAsync(await portal.MakerAsync(), ListMessages.Part.All)).Rows.ShouldHaveSingleItem().Title.ShouldBe(new Words("标题", "Title"));
    }

    [Fact]
    public async Task Tidings_OfABankToAnotherBank_AreRefused()
    {
        Tidings tidings = new("test", new Words("标题", "Title"), "/loans", "one");
        Acting bank = Acting.SystemFor(portal.Database.Pool, portal.Bank("B001"));

        (await Should.ThrowAsync<PostgresException>(() => TellAsync(bank, portal.Bank("B002"), tidings))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await TellAsync(bank, portal.Bank("GXT"), tidings)).ShouldBeTrue();
    }

    private Task<bool> TellAsync(Acting acting, int receiver, Tidings tidings) =>
        portal.Database.WithinAsync(acting, db => db.TellAsync(receiver, tidings, CancellationToken.None));

    private Task<ListMessages.Answer> InboxAsync(TestActor actor, ListMessages.Part part = ListMessages.Part.Todo) => portal.SendAsync(actor, new ListMessages.Query(part));

    private Task<string> NumberAsync(ClaimKey claim) => portal.Database.ScalarAsync<string>("select number from compensation.claim where id = $1", claim.Id);

    private Task MoveAsync(string state, params ClaimKey[] claims) =>
        portal.Database.ExecuteAsync("update compensation.claim set state = $1 where id = any ($2)", state, claims.Select(claim => claim.Id).ToArray());
}
