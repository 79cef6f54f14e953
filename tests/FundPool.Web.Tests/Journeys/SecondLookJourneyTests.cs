using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Journeys;

/// <summary>Approved in part, told to the fen; and the one re-review by people who had no part in the first.</summary>
public sealed class SecondLookJourneyTests : ReviewJourney
{
    [Theory]
    [InlineData("zh", 1440)]
    [InlineData("en", 390)]
    public async Task PartialApproval_WithItsDeductions_StandsBeforeTheBankToTheFen(string language, int width)
    {
        ClaimKey key = await Cases.ClaimAsync("B001", ClaimState.Submitted, ("borrower_name", "深圳市晨光精密有限公司"), ("qualifications", "high_tech"));
        Desk officer = await SeatAsync("GXT", Role.Officer, "officer", language, width), chief = await SeatAsync("GXT", Role.Chief, "chief", language, width);
        Desk maker = await SeatAsync("B001", Role.Maker, "maker", language, width);

        await GoAsync(officer, ReviewPage(key));
        await officer.Page.CheckAsync("input[name=Proposal][value=approve]");
        await FillAsync(officer, "#FoundPrincipal", "812,345.67");
        await officer.Page.CheckAsync("input[name=NoQualification]");
        await PressAsync(officer, "button[formaction$='/figure']");
        // 900,000.00 × 50 % = 450,000.00; 812,345.67 × 50 % = 406,172.835; 812,345.67 × 40 % = 324,938.268.
        (await officer.Page.InputValueAsync("#Deductions_0__Amount")).ShouldBe("43,827.16");
        (await officer.Page.InputValueAsync("#Deductions_1__Amount")).ShouldBe("81,234.57");
        await FillAsync(officer, "#Deductions_0__Reason", "还款明细显示已归还 87,654.33 元");
        await FillAsync(officer, "#Deductions_1__Reason", "高新技术企业证书在借据日期已过期");
        await LookAsync(officer, "partial");
        await ProposeAsync(officer, "approve", "按核定事实部分通过");
        await GoAsync(chief, ReviewPage(key), "partial-decision");
        await ConsentAsync(chief, key);

        await GoAsync(maker, ClaimPage(key), "partial-claim");
        string claim = await maker.TextAsync();
        claim.ShouldContain("324,938.27");
        claim.ShouldContain("叁拾贰万肆仟玖佰叁拾捌元贰角柒分");
        claim.ShouldContain("高新技术企业证书在借据日期已过期");
        claim.ShouldContain("81,234.57");
        (await Portal.Database.ScalarAsync<long>("select approved_fen from compensation.claim where id = $1", key.Id)).ShouldBe(32_493_827);
        await EndAsync();
    }

    [Fact]
    public async Task ReReview_AskedForOnce_IsOtherPeoples()
    {
        ClaimKey key = await Cases.ClaimAsync("B001", ClaimState.Submitted);
        Desk officer = await OfficerAsync(), chief = await ChiefAsync(), second = await OfficerAsync("second"), head = await ChiefAsync("head");
        Desk maker = await SeatAsync("B001", Role.Maker, "maker");
        await GoAsync(officer, ReviewPage(key));
        await officer.Page.CheckAsync("input[name=Proposal][value=reject]");
        await officer.Page.CheckAsync("#grounds input[type=checkbox] >> nth=0");
        await officer.Page.Locator("#grounds input[name$='.Note']").First.FillAsync("用途证明与合同不符");
        await ProposeAsync(officer, "reject", "用途不符");
        await ConsentAsync(chief, key);

        await GoAsync(maker, ClaimPage(key), "rejected");
        (await maker.TextAsync()).ShouldContain("用途证明与合同不符");
        await FillAsync(maker, "#Reason", "发票已另附，用途与合同一致，请复核");
        await PressAsync(maker, "form[action$='/re-review'] button");
        await GoAsync(officer, ReviewPage(key), "not-again");
        (await officer.TextAsync()).ShouldContain("您参与过本申请此前的审核；复核须由另外的人员办理");
        (await officer.Page.Locator("#review-form").CountAsync()).ShouldBe(0);

        await GoAsync(second, ReviewPage(key), "re-review");
        await ProposeAsync(second, "approve", "复核属实，予以通过");
        await GoAsync(chief, ReviewPage(key));
        (await chief.TextAsync()).ShouldContain("复核须由另外的人员办理");
        await ConsentAsync(head, key);
        await GoAsync(maker, ClaimPage(key), "re-reviewed");
        (await maker.Page.Locator("form[action$='/re-review']").CountAsync()).ShouldBe(0);
        (await maker.TextAsync("#steps")).ShouldContain("发票已另附，用途与合同一致，请复核");
        await GoAsync(second, ClaimPage(key));
        (await second.TextAsync("#steps")).ShouldContain("复核属实，予以通过");
        (await StateAsync(key)).ShouldBe("approved");
        await EndAsync();
    }
}
