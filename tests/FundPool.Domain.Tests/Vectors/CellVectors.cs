using System.Globalization;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Vectors;

/// <summary>What people leave in cells, and what a problem tells them.</summary>
public class CellVectors
{
    [Theory]
    [InlineData("2026-03-31")]
    [InlineData("2026/3/31")]
    [InlineData("2026.03.31")]
    [InlineData("20260331")]
    [InlineData("2026年3月31日")]
    [InlineData("2026-03-31 00:00:00")]
    [InlineData("２０２６-０３-３１")]
    [InlineData("\u00A02026-03-31\u200B ")]
    public void Day_InAnyCommonSpelling_IsRead(string text)
    {
        CellText.TryDay(CellText.Clean(text, foldWidth: true), out DateOnly day).ShouldBeTrue();
        day.ShouldBe(new DateOnly(2026, 3, 31));
    }

    [Theory]
    [InlineData("2026-02-29")]
    [InlineData("2026-3/31")]
    [InlineData("31-03-2026")]
    [InlineData("2026-03-31 10:00:00")]
    [InlineData("2026年3月31")]
    [InlineData("46112")]
    public void Day_ThatIsNone_IsRefused(string text) => CellText.TryDay(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("1,234.56", "1234.56")]
    [InlineData("１，２３４．５６", "1234.56")]
    [InlineData("¥1,234,567", "1234567")]
    [InlineData("247894.49999999997", "247894.5")]
    [InlineData("3.4099999999999998E-2", "0.0341")]
    [InlineData("1E7", "10000000")]
    [InlineData("-5", "-5")]
    public void Figure_InAnyCommonSpelling_IsRead(string text, string figure)
    {
        CellText.TryFigure(CellText.Clean(text, foldWidth: true), out decimal read).ShouldBeTrue();
        read.ShouldBe(decimal.Parse(figure, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1,23.45")]
    [InlineData("12345,678")]
    [InlineData("1.234,56")]
    [InlineData("12万")]
    [InlineData("=1+1")]
    [InlineData("")]
    [InlineData("1.")]
    public void Figure_ThatIsNone_IsRefused(string text) => CellText.TryFigure(text, out _).ShouldBeFalse();

    [Fact]
    public void Name_WithFullWidthBrackets_KeepsThem() =>
        CellText.Clean(" 深圳（前海）示例有限公司\t", foldWidth: false).ShouldBe("深圳（前海）示例有限公司");

    [Theory]
    [InlineData("合同编号", LoanColumn.ContractNo)]
    [InlineData(" Note_No ", LoanColumn.NoteNo)]
    [InlineData("其他风险分担*", LoanColumn.OtherCover)]
    public void Header_InEitherLanguage_IsFound(string header, LoanColumn column) => LoanFields.Find(header).ShouldBe(column);

    [Fact]
    public void Header_ThatTheFileDoesNotKnow_IsNotFound() => LoanFields.Find("备注").ShouldBeNull();

    [Fact]
    public void Row_WithSeveralFaults_NamesEachWithHowToMendIt()
    {
        string?[] cells = new string?[LoanFields.All.Count];
        cells[(int)LoanColumn.BorrowerKind] = "大型企业";
        cells[(int)LoanColumn.AnnualRate] = "3.65";

        IReadOnlyList<Problem> problems = LoanReader.Read(cells).Problems;

        problems.Select(problem => $"{problem.Field} {problem.Code}").ShouldContain("borrower_kind unknown_code");
        problems.Single(problem => problem.Field == "annual_rate").Message.Zh.ShouldBe("“年利率”应在0和1之间：3.65若是百分数，请写成3.65%或小数（如0.0365）。");
        problems.Single(problem => problem.Field == "borrower_kind").Message.Zh
            .ShouldBe("“借款人类型”没有“大型企业”这一项，可填：中型企业、小型企业、微型企业、小微企业主、个体工商户。");
    }
}
