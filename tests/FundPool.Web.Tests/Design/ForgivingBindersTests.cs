using FundPool.Web.Design.Forms;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Design;

public sealed class ForgivingBindersTests
{
    [Theory]
    [InlineData("2026-03-31")]
    [InlineData("2026-3-31")]
    [InlineData("20260331")]
    [InlineData("2026/3/31")]
    [InlineData("2026.03.31")]
    [InlineData("2026年3月31日")]
    [InlineData(" ２０２６－０３－３１ ")]
    [InlineData("2026-03-31\u200B")]
    public void Date_AsClerksWriteIt_IsRead(string text)
    {
        ForgivingBinders.Date(text).ShouldBe(new DateOnly(2026, 3, 31));
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("31/03/2026")]
    [InlineData("260331")]
    [InlineData("昨天")]
    public void Date_NoDate_IsNotRead(string text)
    {
        ForgivingBinders.Date(text).ShouldBeNull();
    }

    [Theory]
    [InlineData("4500000", "4500000")]
    [InlineData("4,500,000.00", "4500000.00")]
    [InlineData("４，５００，０００．５０", "4500000.50")]
    [InlineData(" 4 500 000 ", "4500000")]
    [InlineData("-0.01", "-0.01")]
    public void Amount_AsClerksWriteIt_IsRead(string text, string amount)
    {
        ForgivingBinders.Amount(text).ShouldBe(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("450万")]
    [InlineData("1e6")]
    [InlineData("1.2.3")]
    [InlineData("¥1")]
    public void Amount_NoNumber_IsNotRead(string text)
    {
        ForgivingBinders.Amount(text).ShouldBeNull();
    }
}
