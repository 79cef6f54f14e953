using FundPool.Application.Spreadsheets;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Spreadsheets;

public class SheetNumberTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("007", "7")]
    [InlineData("+5", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("1.10", "1.10")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("3.6499999999999998E-2", "0.0365")]
    [InlineData("1E5", "100000")]
    [InlineData("1.5e+3", "1500")]
    [InlineData("1e-7", "0.0000001")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("1234567890123.45", "1234567890123.45")]
    [InlineData("12345678901234567", "12345678901234600")]
    [InlineData("9.9999999999999999", "10")]
    [InlineData("1.5E-20", "0.000000000000000000015")]
    public void Plain_OfANumber_HasNoExponentAndNoNoise(string raw, string expected) => SheetNumber.Plain(raw).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("1E999")]
    [InlineData("-")]
    public void Plain_OfWhatIsNoNumber_IsNull(string raw) => SheetNumber.Plain(raw).ShouldBeNull();

    [Theory]
    [InlineData("123456789012345", false)]
    [InlineData("1234567890123456", true)]
    [InlineData("-123456789012345.5", false)]
    public void LostDigits_FromTheSixteenthOn(string plain, bool lost) => SheetNumber.LostDigits(plain).ShouldBe(lost);

    [Theory]
    [InlineData(0, false, "00:00:00")]
    [InlineData(0.5, false, "12:00:00")]
    [InlineData(1, false, "1900-01-01")]
    [InlineData(59.5, false, "1900-02-28 12:00:00")]
    [InlineData(60, false, null)]
    [InlineData(61, false, "1900-03-01")]
    [InlineData(46112.9999999, false, "2026-04-01")]
    [InlineData(2958465, false, "9999-12-31")]
    [InlineData(2958466, false, null)]
    [InlineData(60, true, "1904-03-01")]
    [InlineData(2958465, true, null)]
    [InlineData(double.NaN, false, null)]
    public void Date_OfASerial_KnowsTheDayThatNeverWas(double serial, bool from1904, string? expected) => SheetNumber.Date(serial, from1904).ShouldBe(expected);

    [Theory]
    [InlineData("yyyy\\-mm\\-dd", true)]
    [InlineData("[$-804]yyyy\"年\"m\"月\"d\"日\"", true)]
    [InlineData("m/d/yy h:mm", true)]
    [InlineData("上午/下午h\"时\"mm\"分\"", true)]
    [InlineData("General", false)]
    [InlineData("G/通用格式", false)]
    [InlineData("@", false)]
    [InlineData("#,##0.00", false)]
    [InlineData("#,##0.00\"days\"", false)]
    [InlineData("#,##0\\d", false)]
    [InlineData("0.00E+00", false)]
    [InlineData("[Red]#,##0.00;[Blue]-#,##0.00", false)]
    [InlineData("[h]:mm:ss", false)]
    [InlineData("_-* #,##0_-", false)]
    [InlineData("\"open", false)]
    [InlineData("[open", false)]
    public void Format_IsDate_WhenItShowsADayOrAClock(string code, bool date) => NumberFormats.IsDate(code).ShouldBe(date);

    [Theory]
    [InlineData("A1", 0, 1)]
    [InlineData("Z9", 25, 9)]
    [InlineData("AA10", 26, 10)]
    [InlineData("XFD1048576", 16383, 1048576)]
    public void Reference_OfACell_IsColumnAndRow(string text, int column, int row)
    {
        CellReference.TryParse(text, out int readColumn, out int readRow).ShouldBeTrue();

        (readColumn, readRow).ShouldBe((column, row));
        SheetRows.ColumnName(column).ShouldBe(text.TrimEnd("0123456789".ToCharArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("1")]
    [InlineData("a1")]
    [InlineData("A0")]
    [InlineData("A-1")]
    [InlineData("$A$1")]
    [InlineData("XFE1")]
    [InlineData("A1048577")]
    [InlineData("A99999999999")]
    public void Reference_ThatIsNone_IsRefused(string text) => CellReference.TryParse(text, out _, out _).ShouldBeFalse();
}
