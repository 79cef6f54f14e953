using System.Net;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Loans;

public sealed class RegisterLoanTests : IAsyncLifetime
{
    private LoanDesk desk = null!;
    private Visitor maker = null!;

    public async Task InitializeAsync()
    {
        desk = await LoanDesk.OpenAsync();
        maker = await desk.Portal.SignedInAsync(desk.Maker);
    }

    public async Task DisposeAsync()
    {
        maker.Dispose();
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task RegisterLoan_GoodForm_IsCheckedWithTheAmountInCapitals()
    {
        Page check = await maker.PostAsync("/loans/register", LoanDesk.Form());

        check.Status.ShouldBe(HttpStatusCode.OK);
        check.Text.ShouldContain("4,500,000.00");
        check.Text.ShouldContain("肆佰伍拾万元整");
        check.Text.ShouldContain("符合入库条件");
        (await maker.GetAsync("/loans")).Text.ShouldContain("还没有登记贷款");
    }

    [Fact]
    public async Task RegisterLoan_Confirmed_StandsInTheLibrary()
    {
        string loan = await LoanDesk.RegisterAsync(maker);

        loan.ShouldStartWith($"/loans/{desk.Bank}/");
        Page shown = await maker.GetAsync(loan);
        shown.Text.ShouldContain("深圳市示例科技有限公司");
        shown.Text.ShouldContain("测试maker");
        (await maker.GetAsync("/loans")).Text.ShouldContain("JJ-2026-0001");
    }

    [Fact]
    public async Task RegisterLoan_WrongCheckDigit_KeepsWhatWasTypedAndStandsAtTheField()
    {
        Page page = await maker.PostAsync("/loans/register", LoanDesk.Form(("BorrowerId", "91440300192317458X"), ("Principal", "4500000")));

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("href=\"#BorrowerId\"");
        page.Text.ShouldContain("统一社会信用代码第18位校验码不符");
        page.Text.ShouldContain("value=\"91440300192317458X\"");
        page.Text.ShouldContain("value=\"4500000\"");
    }

    [Theory]
    [InlineData("Industry", "K7010", "行业K7010属于金融、类金融或房地产行业，不予补偿")]
    [InlineData("OtherCover", "insurance", "已有其他风险分担（保险），不予补偿")]
    [InlineData("TotalBalance", "30,000,000.01", "贷款余额合计30000000.01元，超过30000000.00元")]
    public async Task RegisterLoan_ConditionNotMet_IsRefusedInTheRulebooksWords(string field, string value, string says)
    {
        Page page = await maker.PostAsync("/loans/register", LoanDesk.Form((field, value)));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain(says);
    }

    [Fact]
    public async Task RegisterLoan_AfterItsWindow_IsRefused()
    {
        // The fourth quarter of 2025 ends on 2026-01-23; the clock stands at 2026-03-18.
        Page page = await maker.PostAsync("/loans/register", LoanDesk.Form(("LoanDate", "2025-12-31")));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("href=\"#LoanDate\"");
    }

    [Fact]
    public async Task RegisterLoan_OfTheRulesFirstMonths_AsksForAReason()
    {
        (string, string?)[] late = [("LoanDate", "2023-10-10"), ("MaturityDate", "2024-10-10")];

        Page without = await maker.PostAsync("/loans/register", LoanDesk.Form(late));
        string with = await LoanDesk.RegisterAsync(maker, [.. late, ("LegacyReason", "细则施行前发放，系统上线后补录")]);

        without.Status.ShouldBe(HttpStatusCode.BadRequest);
        without.Text.ShouldContain("补录请写明理由");
        (await maker.GetAsync(with)).Text.ShouldContain("细则施行前发放，系统上线后补录");
    }

    [Fact]
    public async Task RegisterLoan_NoteTwice_StandsAtTheNote()
    {
        await LoanDesk.RegisterAsync(maker);

        Page page = await maker.PostAsync("/loans/register", LoanDesk.Form());

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("借据“JJ-2026-0001”已登记");
    }

    [Fact]
    public async Task RuleLoan_WhileTyping_NamesTheFieldAndTheConditions()
    {
        Page wrong = await maker.PostAsync("/loans/register", LoanDesk.Form(("MaturityDate", "2026-03-10")), "/loans/check");
        Page right = await maker.PostAsync("/loans/register", LoanDesk.Form(("Qualifications", "high_tech"), ("Security", "credit")), "/loans/check");

        wrong.Text.ShouldContain("\"field\":\"MaturityDate\"");
        wrong.Text.ShouldNotContain("<html");
        right.Text.ShouldContain("data-problems=\"[]\"");
        right.Text.ShouldContain("50%");
        right.Text.ShouldContain("2026-04-22");
    }

    [Fact]
    public async Task KeepDraft_NextVisit_GoesOnWithIt()
    {
        Page kept = await maker.PostAsync("/loans/register", [.. LoanDesk.Form(("BorrowerName", "深圳市草稿有限公司")), ("draft_version", "0")], "/loans/draft?kind=register&key=");

        kept.Text.ShouldContain("\"version\":1");
        Page form = await maker.GetAsync("/loans/register");
        form.Text.ShouldContain("value=\"深圳市草稿有限公司\"");
        form.Text.ShouldContain("放弃草稿");
    }

    [Fact]
    public async Task KeepDraft_NewerInAnotherWindow_OverwritesNothing()
    {
        await maker.PostAsync("/loans/register", [.. LoanDesk.Form(("BorrowerName", "第一窗口")), ("draft_version", "0")], "/loans/draft?kind=register&key=");

        Page second = await maker.PostAsync("/loans/register", [.. LoanDesk.Form(("BorrowerName", "第二窗口")), ("draft_version", "0")], "/loans/draft?kind=register&key=");

        second.Status.ShouldBe(HttpStatusCode.Conflict);
        (await maker.GetAsync("/loans/register")).Text.ShouldContain("第一窗口");
    }

    [Fact]
    public async Task EditLoan_InItsWindow_ChangesItAndTellsBeforeAndAfter()
    {
        string loan = await LoanDesk.RegisterAsync(maker);
        string version = LoanDesk.VersionIn(await maker.GetAsync($"{loan}/edit"));

        Page done = await maker.PostAsync($"{loan}/edit", [.. LoanDesk.Form(("Principal", "4,600,000.00")), ("Version", version)], $"{loan}/edit/confirm");

        done.Location.ShouldBe(loan);
        string history = (await maker.GetAsync(loan)).Between("class=\"timeline\"", "</ol>");
        history.ShouldContain("登记期内修改");
        history.ShouldContain("<del>4,500,000.00</del>");
        history.ShouldContain("<ins>4,600,000.00</ins>");
    }

    [Fact]
    public async Task EditLoan_ChangedByAnother_IsRefused()
    {
        string loan = await LoanDesk.RegisterAsync(maker);
        await maker.PostAsync($"{loan}/edit", [.. LoanDesk.Form(("Branch", "南山支行")), ("Version", "1")], $"{loan}/edit/confirm");

        Page second = await maker.PostAsync($"{loan}/edit", [.. LoanDesk.Form(("Branch", "罗湖支行")), ("Version", "1")], $"{loan}/edit/confirm");

        second.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        second.Text.ShouldContain("在您打开之后已被他人修改");
    }

    [Fact]
    public async Task EditLoan_WindowOver_LeadsBackToTheLoan()
    {
        string loan = await LoanDesk.RegisterAsync(maker);
        desk.Portal.Clock.Set(new DateTimeOffset(2026, 4, 23, 1, 0, 0, TimeSpan.Zero));
        using Visitor later = await desk.Portal.SignedInAsync(desk.Maker);

        Page edit = await later.GetAsync($"{loan}/edit");

        edit.Location.ShouldBe(loan);
        (await later.GetAsync(loan)).Text.ShouldContain("该笔贷款的登记期已过，请用“申请更正”");
        (await later.GetAsync($"{loan}/correct")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RegisterLoan_ByAChecker_IsDenied()
    {
        using Visitor checker = await desk.Portal.SignedInAsync(desk.Checker);

        (await checker.GetAsync("/loans/register")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task LoanForms_OfAnotherBank_AreNotFound()
    {
        string loan = await LoanDesk.RegisterAsync(maker);
        using Visitor other = await desk.Portal.SignedInAsync(desk.OtherBank);

        foreach (string path in new[] { loan, $"{loan}/edit", $"{loan}/correct", $"{loan}/classify", loan.Replace($"/{desk.Bank}/", $"/{desk.OtherBank.Organisation}/", StringComparison.Ordinal) })
        {
            (await other.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }
}
