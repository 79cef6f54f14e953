using System.Text;
using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Application.Objections;
using FundPool.Application.Pipeline;
using FundPool.Application.Reviews;
using NoticeDesk = FundPool.Application.Tests.Notices.NoticeDesk;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Npgsql;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Objections;

public sealed class ObjectionTests : IAsyncLifetime
{
    private static readonly ObjectionFields Person = new(false, "王小明", null, null, "138 0013 8000", "深圳市福田区某路1号", "某某公司", "该企业的贷款实际用于购买住房，并非生产经营。");

    private NoticeDesk desk = null!;
    private ClaimRef first = null!;
    private ClaimRef second = null!;
    private long notice;

    public async Task InitializeAsync()
    {
        desk = await NoticeDesk.OpenAsync();
        (first, second) = (await desk.ApprovedAsync(), await desk.ApprovedAsync("B002"));
        notice = await desk.PublishedAsync(first, second);
    }

    public Task DisposeAsync() => desk.DisposeAsync().AsTask();

    [Fact]
    public async Task Objection_WhenTakenUp_HaltsItsItemAndTheOthersGoOn()
    {
        string receipt = (await FileAsync()).Value.Receipt!;
        receipt.ShouldBe("YY-2026-0001");
        long id = await IdOfAsync(receipt);

        (await desk.Portal.SendAsync(desk.Officer, new DecideObjection.Command(id, true, null, "异议涉及贷款用途，转复核", null))).Succeeded.ShouldBeTrue();

        (await desk.StateOfAsync(first)).ShouldBe("objected");
        (await desk.StateOfAsync(second)).ShouldBe("published");
        (await desk.Portal.Database.ScalarAsync<string>("select left_because from compensation.batch_item where claim_id = $1", first.Id)).ShouldBe("公示期间有异议（YY-2026-0001），转管理机构复核");
        (await desk.Portal.Database.ScalarAsync<string>("select opinion from compensation.step where claim_id = $1 and to_state = 'objected'", first.Id)).ShouldBe("异议涉及贷款用途，转复核");
        (await desk.Portal.SendAsync(desk.Officer, new AnswerObjection.Command(id, "经复核……"))).Refusal!.Words.Zh.ShouldStartWith("管理机构的复核尚未作出结论");
        (await desk.Portal.SendAsync(desk.Chief, new DecideObjection.Command(id, false, "other", "再来", "再来"))).Refusal!.Words.Zh.ShouldStartWith("该件已处理");
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 27, 9, 0, 0, TimeSpan.FromHours(8)));
        (await new EndNoticePeriods(desk.Portal.Database.App, desk.Portal.Rules, desk.Portal.Clock).RunAsync(CancellationToken.None)).ShouldBe(1);
        ((await desk.StateOfAsync(first)), (await desk.StateOfAsync(second))).ShouldBe(("objected", "clear"));
    }

    [Fact]
    public async Task ObjectionThatNobodyDecidedOn_HoldsItsItemPastTheEndUntilItIsDeclined()
    {
        long id = await IdOfAsync((await FileAsync()).Value.Receipt!);
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 27, 9, 0, 0, TimeSpan.FromHours(8)));
        EndNoticePeriods job = new(desk.Portal.Database.App, desk.Portal.Rules, desk.Portal.Clock);

        (await job.RunAsync(CancellationToken.None)).ShouldBe(0);
        ((await desk.StateOfAsync(first)), (await desk.StateOfAsync(second))).ShouldBe(("published", "clear"));
        DecideObjection.Command decline = new(id, false, "no_facts", "没有依据", "您反映的情况没有提供依据，不予受理。");
        (await desk.Portal.SendAsync(desk.Officer, decline)).Succeeded.ShouldBeTrue();
        (await desk.Portal.SendAsync(desk.Officer, decline)).Succeeded.ShouldBeTrue();
        (await job.RunAsync(CancellationToken.None)).ShouldBe(0);
        (await desk.Portal.Database.ScalarAsync<string>("select state from compensation.objection where id = $1", id)).ShouldBe("received");
        (await desk.Portal.SendAsync(desk.Chief, decline)).Succeeded.ShouldBeTrue();
        (await job.RunAsync(CancellationToken.None)).ShouldBe(1);

        (await desk.StateOfAsync(first)).ShouldBe("clear");
    }

    [Fact]
    public async Task ReExaminedObjection_WhenAnswered_ShowsItsAnswerToItsSenderAlone()
    {
        string receipt = (await FileAsync()).Value.Receipt!;
        long id = await IdOfAsync(receipt);
        await desk.Portal.SendAsync(desk.Officer, new DecideObjection.Command(id, true, null, "转复核", null));
        await desk.Portal.Database.ExecuteAsync("update compensation.claim set state = 're_examined' where id = $1", first.Id);
        await desk.Portal.Database.ExecuteAsync("update compensation.claim set state = 'clear' where id = $1", first.Id);

        (await desk.Portal.SendAsync(desk.Chief, new AnswerObjection.Command(id, "经复核，贷款用于采购原材料，异议不成立。"))).Succeeded.ShouldBeTrue();

        LookUpObjection.Status found = (await LookUpAsync(" yy-2026-0001 ", "+86 138-0013-8000")).Found!;
        (found.State, found.Kind, found.Item, found.NoticeNumber, found.Answer).ShouldBe(("answered", "objection", 1, "深中小企公示〔2026〕1号", "经复核，贷款用于采购原材料，异议不成立。"));
        (await LookUpAsync(receipt, "13900139000")).Found.ShouldBeNull();
        (await LookUpAsync("YY-2026-0009", "13800138000")).Found.ShouldBeNull();
    }

    [Fact]
    public async Task Anonymous_BeforeAnythingIsKept_IsTurnedAwayPolitely()
    {
        Outcome<FileObjection.Answer> outcome = await FileAsync(Person with { Name = "", Phone = "123", Address = " " });

        outcome.Problems.Select(problem => problem.Field).ShouldBe(["name", "phone", "address"]);
        outcome.Problems.ShouldAllBe(problem => problem.Message.Zh.StartsWith("匿名不予受理：", StringComparison.Ordinal));
        (await desk.Portal.Database.ScalarAsync<long>("select (select count(*) from compensation.objection) + (select count(*) from compensation.public_attempt)")).ShouldBe(0);
    }

    [Fact]
    public async Task Unit_WithoutItsCreditCode_IsSentBackAtItsField()
    {
        Outcome<FileObjection.Answer> outcome = await FileAsync(Person with { IsUnit = true, Unit = "某某科技有限公司", UnitCode = "91440300192317458X" });

        outcome.Problems.ShouldHaveSingleItem().Field.ShouldBe("unit_code");
        (await FileAsync(Person with { IsUnit = true, Unit = "某某科技有限公司", UnitCode = "91440300192317458f" })).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task Item_ThatTheNoticeDoesNotHave_IsSentBackAtItsField(int? item) =>
        (await FileAsync(item: item)).Problems.ShouldHaveSingleItem().Field.ShouldBe("item");

    [Fact]
    public async Task Objection_AfterTheLastDay_IsRefusedAndAReportIsTaken()
    {
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 27, 0, 1, 0, TimeSpan.FromHours(8)));

        (await FileAsync()).Refusal!.Words.Zh.ShouldStartWith("公示期已满");
        (await FileAsync(kind: "report")).Value.Receipt.ShouldBe("JB-2026-0001");
        (await FileAsync(kind: "complaint", caller: "10.0.0.2")).Value.Receipt.ShouldBe("TS-2026-0001");
    }

    [Fact]
    public async Task SameForm_SentTwiceAtOnce_IsKeptOnce()
    {
        Guid key = Guid.NewGuid();

        Outcome<FileObjection.Answer>[] outcomes = await Task.WhenAll(FileAsync(key: key), FileAsync(key: key));

        outcomes.Select(outcome => outcome.Value.Receipt).Distinct().ShouldHaveSingleItem().ShouldBe("YY-2026-0001");
        (await desk.Portal.Database.ScalarAsync<long>("select count(*) from compensation.objection")).ShouldBe(1);
    }

    [Fact]
    public async Task FourthObjection_OfAnAddressInAnHour_WaitsForTheNextHour()
    {
        for (int i = 0; i < 3; i++)
        {
            (await FileAsync()).Value.Receipt.ShouldNotBeNull();
            desk.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        FileObjection.Answer fourth = (await FileAsync()).Value;

        fourth.Receipt.ShouldBeNull();
        fourth.RetryAt.ShouldBe(new DateTime(2026, 3, 18, 2, 0, 0, DateTimeKind.Utc));
        (await FileAsync(caller: "10.0.0.2")).Value.Receipt.ShouldNotBeNull();
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 18, 2, 0, 1, TimeSpan.Zero));
        (await FileAsync()).Value.Receipt.ShouldNotBeNull();
    }

    [Fact]
    public async Task TwentyFirst_OfANoticeInADay_WaitsForTomorrow()
    {
        for (int i = 0; i < 20; i++)
        {
            (await FileAsync(caller: $"10.0.1.{i}")).Value.Receipt.ShouldNotBeNull();
        }

        FileObjection.Answer next = (await FileAsync(caller: "10.0.2.1")).Value;

        next.Receipt.ShouldBeNull();
        next.RetryAt.ShouldBe(new DateTime(2026, 3, 18, 16, 0, 0, DateTimeKind.Utc));
        (await FileAsync(kind: "report", caller: "10.0.2.1")).Value.Receipt.ShouldNotBeNull();
    }

    [Fact]
    public async Task UnitThatTheNoticeNames_AfterTwentyOthers_IsStillHeard()
    {
        string code = await desk.Portal.Database.ScalarAsync<string>("select l.borrower_key from compensation.claim c join loan.loan l on l.bank_id = c.bank_id and l.id = c.loan_id where c.id = $1", first.Id);
        for (int i = 0; i < 20; i++)
        {
            await FileAsync(caller: $"10.0.1.{i}");
        }

        ObjectionFields named = Person with { IsUnit = true, Unit = "被公示的企业", UnitCode = code };

        (await FileAsync(named, caller: "10.0.2.1")).Value.Receipt.ShouldNotBeNull();
        (await FileAsync(named with { UnitCode = "91440399A6JK1UYQ4L" }, caller: "10.0.2.2")).Value.Receipt.ShouldBeNull();
    }

    [Fact]
    public async Task SecondObjection_NotDecidedOn_KeepsTheReExaminationFromEnding()
    {
        long one = await IdOfAsync((await FileAsync()).Value.Receipt!);
        string other = (await FileAsync(caller: "10.0.0.2")).Value.Receipt!;
        await desk.Portal.SendAsync(desk.Officer, new DecideObjection.Command(one, true, null, "转复核", null));
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 3, 30, 9, 0, 0, TimeSpan.FromHours(8)));
        TestActor officer = await desk.Portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Officer), chief = await desk.Portal.ReviewerAsync();
        int version = await desk.Portal.Database.ScalarAsync<int>("select row_version from compensation.claim where id = $1", first.Id);
        long review = (await desk.Portal.SendAsync(officer, new ProposeReview.Command(first.Bank, first.Id, version, "clear", [], [], [], [], "异议不成立"))).Value;

        (await desk.Portal.SendAsync(chief, new DecideReview.Command(first.Bank, first.Id, review, true, null))).Refusal!.Words.Zh.ShouldContain(other);
        await desk.Portal.SendAsync(desk.Officer, new DecideObjection.Command(await IdOfAsync(other), true, null, "并入复核", null));

        (await desk.Portal.SendAsync(chief, new DecideReview.Command(first.Bank, first.Id, review, true, null))).Value.ShouldBe("clear");
    }

    [Fact]
    public async Task EleventhLookUp_InAMinute_WaitsForTheNextMinute()
    {
        for (int i = 0; i < 10; i++)
        {
            (await LookUpAsync("YY-2026-0001", "13800138000")).RetryAt.ShouldBeNull();
        }

        (await LookUpAsync("YY-2026-0001", "13800138000")).RetryAt.ShouldBe(new DateTime(2026, 3, 18, 1, 1, 0, DateTimeKind.Utc));
        desk.Portal.Clock.Advance(TimeSpan.FromSeconds(61));
        (await LookUpAsync("YY-2026-0001", "13800138000")).RetryAt.ShouldBeNull();
    }

    [Fact]
    public async Task Sender_IsKnownToTheAuthorityAloneAndNotToTheRecord()
    {
        long id = await IdOfAsync((await FileAsync(file: "%PDF-1.7 依据")).Value.Receipt!);

        ShowObjection.Answer shown = (await desk.Portal.SendAsync(desk.Officer, new ShowObjection.Command(id))).Value;
        (shown.Objector.Name, shown.Phone, shown.Claim!.Claim.Id).ShouldBe(("王小明", "13800138000", first.Id));
        await using FileStream file = (await desk.Portal.SendAsync(desk.Officer, new OpenObjectionFile.Command(id))).Value.Content;
        file.Length.ShouldBe(Encoding.UTF8.GetByteCount("%PDF-1.7 依据"));
        await desk.Portal.HoldsTogetherAsync("orphan_documents");
        TestActor reviewer = await desk.Portal.ReviewerAsync();
        await Should.ThrowAsync<PermissionDeniedException>(() => desk.Portal.SendAsync(reviewer, new ShowObjection.Command(id)));
        (await desk.Portal.Database.ColumnAsync(reviewer.Acting, "select name from compensation.objector")).ShouldBeEmpty();
        (await desk.Portal.Database.ColumnAsync(reviewer.Acting, "select content from compensation.objection")).ShouldHaveSingleItem();
        PostgresException refused = await Should.ThrowAsync<PostgresException>(() => desk.Portal.Database.ColumnAsync(Data.Tenancy.Acting.Public with { Pool = desk.Portal.Database.Pool }, "select content from compensation.objection"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await desk.Portal.Database.ScalarAsync<long>("select count(*) from audit.event where concat(before, after) like '%王小明%' or concat(before, after) like '%购买住房%'")).ShouldBe(0);
        (await desk.Portal.Database.ScalarAsync<long>("select count(*) from audit.event where action = 'ShowObjection'")).ShouldBe(1);
    }

    [Fact]
    public async Task Attachment_ThatIsNoDocument_IsSentBackAtItsField() =>
        (await FileAsync(file: "MZ program")).Problems.ShouldHaveSingleItem().Field.ShouldBe("file");

    [Fact]
    public async Task Declining_WithoutGroundOrReply_IsSentBackAtItsFields()
    {
        long id = await IdOfAsync((await FileAsync()).Value.Receipt!);

        Outcome<Done> outcome = await desk.Portal.SendAsync(desk.Officer, new DecideObjection.Command(id, false, null, "不涉及", ""));

        outcome.Problems.Select(problem => problem.Field).ShouldBe(["ground", "reply"]);
        (await desk.Portal.SendAsync(desk.Officer, new DecideObjection.Command(4711, true, null, "甲", null))).IsNotFound.ShouldBeTrue();
        await Should.ThrowAsync<PermissionDeniedException>(async () => await desk.Portal.SendAsync(await desk.Portal.PersonAsync("GXT", OrganisationKind.Reviewer, Role.Chief), new DecideObjection.Command(id, true, null, "甲", null)));
    }

    private async Task<Outcome<FileObjection.Answer>> FileAsync(ObjectionFields? fields = null, int? item = 1, string kind = "objection", Guid? key = null, string caller = "10.0.0.1", string file = "")
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(file));
        return await desk.Portal.SendAsync(desk.Chief, new FileObjection.Command("shenzhen", kind, notice, item, fields ?? Person, key ?? Guid.NewGuid(), caller, content, "依据.exe"));
    }

    private async Task<LookUpObjection.Answer> LookUpAsync(string receipt, string phone) =>
        (await desk.Portal.SendAsync(desk.Chief, new LookUpObjection.Command("shenzhen", receipt, phone, "10.0.0.1"))).Value;

    private Task<long> IdOfAsync(string receipt) => desk.Portal.Database.ScalarAsync<long>("select id from compensation.objection where receipt = $1", receipt);
}
