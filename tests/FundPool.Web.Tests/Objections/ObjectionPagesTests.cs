using System.Net;
using System.Text;
using FundPool.Application.Notices;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using FundPool.Web.Tests.Notices;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Objections;

public sealed class ObjectionPagesTests : IAsyncLifetime
{
    private Authority authority = null!;
    private long notice;

    public async Task InitializeAsync()
    {
        authority = await Authority.OpenAsync();
        notice = await authority.PublishedAsync(await authority.ApprovedAsync(), await authority.ApprovedAsync("B002"));
    }

    public Task DisposeAsync() => authority.DisposeAsync().AsTask();

    private string Form => $"/public/shenzhen/objections/objection?notice={notice}";

    [Fact]
    public async Task Way_FromTheObjectionToItsAnswer_WorksOnThePages()
    {
        using Visitor anybody = authority.Portal.Visit("203.0.113.7");
        (await anybody.GetAsync($"/public/shenzhen/notices/{notice}")).Text.ShouldContain("提出异议");
        string sent = (await SendAsync(anybody, Form)).Location!;
        sent.ShouldBe("/public/shenzhen/objections/sent?receipt=YY-2026-0001");
        (await anybody.GetAsync(sent)).Text.ShouldContain("YY-2026-0001");

        (await authority.Officer.GetAsync("/objections")).Text.ShouldContain("YY-2026-0001");
        string page = $"/objections/{await authority.Portal.Database.ScalarAsync<long>("select id from compensation.objection")}";
        (await authority.Officer.GetAsync(page)).Text.ShouldContain("13800138000");
        (await authority.Officer.PostAsync(page, [("TakeUp", "true"), ("Opinion", "转管理机构复核")], $"{page}/decide")).Location.ShouldBe(page);
        (await authority.Officer.GetAsync(page)).Text.ShouldContain("复核报告尚未出具");

        Page status = await anybody.PostAsync("/public/shenzhen/objections/status", [("Receipt", "YY-2026-0001"), ("Phone", "13800138000")]);
        status.Text.ShouldContain("已受理，办理中");
        status.Text.ShouldNotContain("转管理机构复核");
        Page wrong = await anybody.PostAsync("/public/shenzhen/objections/status", [("Receipt", "YY-2026-0001"), ("Phone", "13900139000")]);
        wrong.Text.ShouldContain("没有查到：回执编号或联系电话不符");
    }

    [Fact]
    public async Task Anonymous_IsTurnedAwayWithWhatWasTyped()
    {
        using Visitor anybody = authority.Portal.Visit();

        Page page = await SendAsync(anybody, Form, ("Name", ""), ("Phone", ""));

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("匿名不予受理：请填写真实姓名");
        page.Text.ShouldContain("该企业的贷款实际用于购买住房");
        page.Text.ShouldContain("href=\"#Phone\"");
    }

    [Fact]
    public async Task FormSentTwice_LeadsToOneReceipt()
    {
        using Visitor anybody = authority.Portal.Visit();
        Page form = await anybody.GetAsync(Form);
        string key = form.Between("name=\"FormKey\" value=\"", "\"");

        Page first = await SendAsync(anybody, Form, ("FormKey", key)), second = await SendAsync(anybody, Form, ("FormKey", key));

        second.Location.ShouldBe(first.Location);
        (await authority.Portal.Database.ScalarAsync<long>("select count(*) from compensation.objection")).ShouldBe(1);
    }

    [Fact]
    public async Task FourthInAnHour_IsAnsweredWith429InChineseAndKeepsWhatWasTyped()
    {
        using Visitor anybody = authority.Portal.Visit("203.0.113.9");
        for (int i = 0; i < 3; i++)
        {
            (await SendAsync(anybody, Form)).Status.ShouldBe(HttpStatusCode.Found);
        }

        Page page = await SendAsync(anybody, Form);

        page.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        page.Headers["Retry-After"].ShouldBe("3600");
        page.Text.ShouldContain("提交过于频繁");
        page.Text.ShouldContain("王小明");
    }

    [Theory]
    [InlineData("report", "JB-2026-0001")]
    [InlineData("complaint", "TS-2026-0001")]
    public async Task ReportOrComplaint_WithAnAttachment_IsTaken(string kind, string receipt)
    {
        using Visitor anybody = authority.Portal.Visit();

        Page sent = await anybody.UploadAsync($"/public/shenzhen/objections/{kind}", "依据.pdf", Encoding.ASCII.GetBytes("%PDF-1.7 x"), Fields());

        sent.Location.ShouldBe($"/public/shenzhen/objections/sent?receipt={receipt}");
        string page = $"/objections/{await authority.Portal.Database.ScalarAsync<long>("select id from compensation.objection")}";
        (await authority.Officer.GetAsync($"{page}/file")).Headers["Content-Disposition"].ShouldStartWith("attachment");
    }

    [Fact]
    public async Task Pages_OfAPoolOrKindThatIsNone_AreNotFound()
    {
        using Visitor anybody = authority.Portal.Visit();

        (await anybody.GetAsync("/public/shenzhen/objections/praise")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.GetAsync("/public/elsewhere/objections/report")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.GetAsync("/public/shenzhen/objections/objection?notice=4711")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.GetAsync("/public/shenzhen/objections/objection")).Location.ShouldBe("/public/shenzhen/notices");
    }

    [Fact]
    public async Task Desk_ForAnybodyButTheAuthority_IsForbidden()
    {
        using Visitor reviewer = await authority.Portal.SignedInAsync(await authority.Portal.AddAsync("GXT", "chief", Role.Chief));

        (await reviewer.GetAsync("/objections")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static (string, string)[] Fields(params (string Name, string Value)[] changes) =>
        [.. new[] { ("Item", "1"), ("Sender", "person"), ("Name", "王小明"), ("Phone", "13800138000"), ("Address", "深圳市福田区某路1号"), ("About", "某某公司"), ("Content", "该企业的贷款实际用于购买住房，并非生产经营。") }
            .Where(field => !changes.Any(change => change.Name == field.Item1)), .. changes];

    private Task<Page> SendAsync(Visitor visitor, string form, params (string, string)[] changes) => visitor.PostAsync(form, [("Notice", notice.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. Fields(changes)]);
}
