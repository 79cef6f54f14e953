using FundPool.Domain.Kernel;
using FundPool.Web.Design;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Shouldly;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Xunit;

namespace FundPool.Web.Tests.Design;

public sealed partial class TagTests
{
    private static readonly PortalText T = new();

    // 2026-10-09 00:30 in China, still the 8th in UTC.
    private static readonly FixedClock Midnight = new(new DateTimeOffset(2026, 10, 8, 16, 30, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("2026-12-01", "deadline-far", "还剩 53 天")]
    [InlineData("2026-10-20", "deadline-far", "还剩 11 天")]
    [InlineData("2026-10-19", "deadline-10", "还剩 10 天")]
    [InlineData("2026-10-15", "deadline-10", "还剩 6 天")]
    [InlineData("2026-10-14", "deadline-5", "还剩 5 天")]
    [InlineData("2026-10-11", "deadline-5", "还剩 2 天")]
    [InlineData("2026-10-10", "deadline-1", "明天到期")]
    [InlineData("2026-10-09", "deadline-1", "今天到期")]
    [InlineData("2026-10-08", "deadline-over", "已逾期 1 天")]
    public void Deadline_EachBand_SaysHowLong(string due, string band, string says)
    {
        string html = Render(new DeadlineTag(T, Midnight) { Due = DateOnly.Parse(due, null) });

        html.ShouldContain($"\"deadline {band}\"");
        Plain(html).ShouldBe(due + says);
    }

    [Fact]
    public void Deadline_Provisional_SaysSo()
    {
        string html = Render(new DeadlineTag(T, Midnight) { Due = new DateOnly(2027, 1, 22), Provisional = true });

        Plain(html).ShouldBe("2027-01-22还剩 105 天暂定");
    }

    [Fact]
    public void Deadline_MetLate_SaysByHowMuch()
    {
        string html = Render(new DeadlineTag(T, Midnight) { Due = new DateOnly(2026, 9, 1), Done = new DateOnly(2026, 9, 4) });

        Plain(html).ShouldBe("2026-09-01逾期 3 天完成");
    }

    [Theory]
    [InlineData(450000000L, "4,500,000.00450.00")]
    [InlineData(123456789L, "1,234,567.89123.46")]
    [InlineData(5L, "0.050.00")]
    [InlineData(-500000L, "-5,000.00-0.50")]
    public void Money_InFen_IsThereInBothUnits(long fen, string plain)
    {
        Plain(Render(new MoneyTag(T) { Fen = fen })).ShouldBe(plain);
    }

    [Fact]
    public void Money_Unknown_IsADash()
    {
        Plain(Render(new MoneyTag(T))).ShouldBe("—");
    }

    [Fact]
    public void Step_EachAnswer_IsSaidInWords()
    {
        string html = Render(new StepsTag(T)
        {
            Items =
            [
                new StepLine("第三条", "行业", true, "甲"), new StepLine("第四条", "余额", false, "乙"),
                new StepLine("第十五条", "用途", null, "丙"), new StepLine("第十六条", "档次", null, "丁", "40 %"),
            ],
        });

        Plain(html).ShouldBe("行业第三条甲符合余额第四条乙不符合用途第十五条丙待认定档次第十六条丁40 %");
    }

    [Theory]
    [InlineData("step", "0.20", "20 %")]
    [InlineData("feature", "+0.10", "+10 %")]
    [InlineData("qualification", "+0.00", "+0 %")]
    [InlineData("cap", "0.125", "12.5 %")]
    [InlineData("amount", "1800000.00", "1,800,000.00")]
    [InlineData("step", "", "—")]
    public void Piece_EffectOfARuling_IsWrittenOut(string code, string effect, string shown)
    {
        RulingLines.Piece(T, code, new Article("16(1)"), true, new Words("句", "sentence"), effect).Effect.ShouldBe(shown);
    }

    [Fact]
    public void Condition_OfARuling_HasATitleAndItsArticle()
    {
        StepLine line = RulingLines.Condition(T, "other_cover", new Article("14"), true, new Words("没有其他分担。", "No other cover."), warns: true);

        line.ShouldBe(new StepLine("第14条", "其他风险分担", true, "没有其他分担。") { Warns = true });
    }

    [Fact]
    public void Chart_HostileName_CannotCloseItsBlock()
    {
        string html = Render(new ChartTag(T)
        {
            Title = "不良率",
            Figures = new ChartFigures(["</script><img src=x>"], [new ChartSeries("甲", [1.5m])]),
        });

        html.ShouldNotContain("<img");
        html.ShouldContain("\\u003C/script\\u003E");
    }

    [Fact]
    public void Query_WithSortAndWithoutPage_KeepsTheRest()
    {
        DefaultHttpContext context = new();
        context.Request.Path = "/loans";
        context.Request.QueryString = new QueryString("?q=%E7%94%B2&cols=a&cols=b&after=9&empty=");

        Query.With(context.Request, ("sort", "-date"), ("after", null)).ShouldBe("/loans?q=%E7%94%B2&cols=a&cols=b&sort=-date");
        Query.Without(context.Request, "cols", "a").ShouldBe("/loans?q=%E7%94%B2&after=9&cols=b");
    }

    private static string Render(TagHelper tag)
    {
        TagHelperContext context = new([], new Dictionary<object, object>(), "id");
        TagHelperOutput output = new("fp", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        tag.Process(context, output);
        using StringWriter writer = new();
        output.WriteTo(writer, HtmlEncoder.Create(UnicodeRanges.All));
        return writer.ToString();
    }

    private static string Plain(string html) => Tag().Replace(html, "");

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
