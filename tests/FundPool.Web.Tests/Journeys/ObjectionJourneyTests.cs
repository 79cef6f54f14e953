using System.Globalization;
using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Journeys;

/// <summary>Somebody of the public objects to one item of a notice: it leaves the batch and is examined again, the other goes on, and the outcome can be looked up.</summary>
public sealed class ObjectionJourneyTests : ReviewJourney
{
    [Theory]
    [InlineData("zh", 1440)]
    [InlineData("en", 390)]
    public async Task Objection_FromThePublicPage_IsExaminedAndItsOutcomeIsSeen(string language, int width)
    {
        ClaimKey doubted = await Cases.ClaimAsync("B001", ClaimState.Approved, ("borrower_name", "深圳市光明贸易有限公司"));
        ClaimKey other = await Cases.ClaimAsync("B002", ClaimState.Approved);
        long notice = await PublishedAsync(doubted, other);
        Desk anybody = await PublicAsync(language, width);
        await GoAsync(anybody, string.Create(CultureInfo.InvariantCulture, $"/public/shenzhen/notices/{notice}"), "public-notice");
        await ObjectAsync(anybody);

        Desk authority = await SeatAsync("GXJ", Role.Officer, "desk", language, width);
        await GoAsync(authority, "/objections", "objections");
        await PressAsync(authority, "th a[href^='/objections/']");
        await FillAsync(authority, "#Opinion", "转管理机构复核");
        await LookAsync(authority, "objection");
        await PressAsync(authority, "button[name=TakeUp][value=true]");
        string objection = PathOf(authority);
        (await StateAsync(doubted)).ShouldBe("objected");
        await GoAsync(authority, string.Create(CultureInfo.InvariantCulture, $"/notices/{notice}"), "notice-with-objection");
        await LookUpAsync(anybody, "objection-status");

        Desk officer = await SeatAsync("GXT", Role.Officer, "officer", language, width), chief = await SeatAsync("GXT", Role.Chief, "chief", language, width);
        await GoAsync(officer, ReviewPage(doubted));
        await officer.Page.CheckAsync("input[name=Proposal][value=reject]");
        await officer.Page.CheckAsync("#grounds input[type=checkbox] >> nth=0");
        await officer.Page.Locator("#grounds input[name$='.Note']").First.FillAsync("实地核查，资金用于购买住房");
        await LookAsync(officer, "re-examination");
        await ProposeAsync(officer, "reject", "经实地核查，异议属实");
        await ConsentAsync(chief, doubted);

        await GoAsync(authority, objection, "examined");
        (await authority.TextAsync()).ShouldContain("经实地核查，异议属实");
        await FillAsync(authority, "#Reply", "经复核，您反映的情况属实，该项目不予补偿。");
        await PressAsync(authority, "form[action$='/answer'] button[type=submit]");
        await LookUpAsync(anybody, "objection-outcome");
        (await anybody.TextAsync("body")).ShouldContain("经复核，您反映的情况属实，该项目不予补偿。");

        MoveTo(3, 27);
        (await new EndNoticePeriods(Portal.Database.App, Cases.Rules, Portal.Clock).RunAsync(CancellationToken.None)).ShouldBe(1);
        (await StateAsync(other), await StateAsync(doubted)).ShouldBe(("clear", "rejected"));
        await EndAsync();
    }

    /// <summary>The form of the objection with a name, as anonymous ones are not taken.</summary>
    private async Task ObjectAsync(Desk anybody)
    {
        await PressAsync(anybody, "a[href*='/objections/objection?notice=']");
        await anybody.Page.ClickAsync(".ts-control");
        await anybody.Page.Keyboard.TypeAsync("光明贸易");
        await anybody.Page.Keyboard.PressAsync("Enter");
        (await anybody.Page.Locator(".ts-control > .item").InnerTextAsync()).ShouldContain("深圳市光明贸易有限公司");
        await FillAsync(anybody, "#Content", "该企业的贷款实际用于购买住房，并非生产经营。");
        await anybody.Page.CheckAsync("input[name=Sender][value=person]");
        await FillAsync(anybody, "#Name", "王小明");
        await FillAsync(anybody, "#Address", "深圳市福田区深南大道1号");
        await PressAsync(anybody, "form[method=post] button.btn-primary");
        await anybody.Page.WaitForSelectorAsync(".field-error");
        await LookAsync(anybody, "objection-error");
        (await anybody.Page.InputValueAsync("#Content")).ShouldStartWith("该企业的贷款");
        await FillAsync(anybody, "#Phone", "13800138000");
        await PressAsync(anybody, "form[method=post] button.btn-primary");
        await LookAsync(anybody, "receipt");
        (await anybody.TextAsync(".public-receipt")).ShouldBe("YY-2026-0001");
    }

    private async Task LookUpAsync(Desk anybody, string look)
    {
        await GoAsync(anybody, "/public/shenzhen/objections/status");
        await FillAsync(anybody, "#Receipt", "YY-2026-0001");
        await FillAsync(anybody, "#Phone", "13800138000");
        await PressAsync(anybody, "form[method=post] button.btn-primary");
        await LookAsync(anybody, look);
    }

    private async Task<long> PublishedAsync(params ClaimKey[] claims)
    {
        TestActor officer = await Cases.PersonAsync("GXJ", OrganisationKind.Authority, Role.Officer), chief = await Cases.PersonAsync("GXJ", OrganisationKind.Authority, Role.Chief);
        long batch = (await Cases.SendAsync(officer, new StartBatch.Command("2026年第一批", [.. claims.Select(claim => new ClaimRef(claim.Bank, claim.Id))]))).Value;
        long notice = (await Cases.SendAsync(officer, new DraftNotice.Command(batch, new NoticeFields("风险补偿项目公示（2026年第一批）", "《实施细则》第二十条", "融资服务处 0755-1", "监察处 0755-2", 7)))).Value;
        ShowNotice.Answer shown = (await Cases.SendAsync(officer, new ShowNotice.Query(notice))).Value;
        (await Cases.SendAsync(chief, new PublishNotice.Command(notice, shown.Notice.RowVersion, shown.BatchVersion))).Succeeded.ShouldBeTrue();
        return notice;
    }
}
