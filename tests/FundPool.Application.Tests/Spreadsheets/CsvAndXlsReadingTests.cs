using System.Text;
using FundPool.Application.Spreadsheets;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Spreadsheets;

public class CsvAndXlsReadingTests
{
    private static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("编号,名称\r\n1,甲\r\n2,乙\r\n")]
    [InlineData("\uFEFF编号,名称\n1,甲\n2,乙")]
    [InlineData("编号;名称\n1;甲\n2;乙\n")]
    [InlineData("编号\t名称\r1\t甲\r2\t乙\r")]
    [InlineData("\"编号\",\"名称\"\n\"1\",\"甲\"\n\"2\",\"乙\"\n")]
    public void Csv_InEachShape_GivesTheSameRows(string text)
    {
        using ISheetRows rows = SheetReader.Open(Utf8(text), "loans.csv");

        rows.Kind.ShouldBe(SheetKind.Csv);
        rows.Header.ShouldBe(["编号", "名称"]);
        Book.Dump(rows).ShouldBe(["2: 1|甲", "3: 2|乙"]);
    }

    [Fact]
    public void Csv_InGb18030_IsRecognisedByItsFirstChineseCharacterHoweverLate()
    {
        string text = "note_no,borrower_name\n" + string.Concat(Enumerable.Range(1, 20_000).Select(i => $"N-{i},plain\n")) + "N-X,深圳市㐀𠀀有限公司\n";
        using ISheetRows rows = SheetReader.Open(new MemoryStream(TextEncodings.Gb18030.GetBytes(text)), "loans.csv");

        Book.Dump(rows)[^1].ShouldBe("20002: N-X|深圳市㐀𠀀有限公司");
    }

    [Fact]
    public void Csv_InUtf8_IsRecognisedAcrossTheBlocksItIsReadIn()
    {
        string name = new('深', 30_000);
        using ISheetRows rows = SheetReader.Open(Utf8($"a,bc\n{name},𠀀\n{name},x\nz{name},y\n"), "loans.csv");

        Book.Dump(rows).ShouldBe([$"2: {name}|𠀀", $"3: {name}|x", $"4: z{name}|y"]);
    }

    [Fact]
    public void Csv_QuotesSeparatorsAndLineBreaksInFields_AreKept()
    {
        using ISheetRows rows = SheetReader.Open(Utf8("a,b,c\n\"x, \"\"y\"\"\",\"第一行\r\n第二行\",guarantee;ip\n\n,,\n'=1, 00123 ,1\n"), "loans.csv");

        Book.Dump(rows).ShouldBe(["2: x, \"y\"|第一行\r\n第二行|guarantee;ip", "5: '=1| 00123 |1"]);
    }

    [Fact]
    public void Csv_FormulaOrTextAfterAQuote_IsAProblemOfItsRow()
    {
        using ISheetRows rows = SheetReader.Open(Utf8("a,b\n=1+2,x\n\"y\"z,w\n1,2,3\n"), "loans.csv");

        Book.Dump(rows).ShouldBe(["2: =1+2|x Formula@A2", "3: yz|w Quotes@A3", "4: 1|2 OutsideHeader@C4"]);
    }

    [Fact]
    public void Csv_RowsShorterThanTheHeader_EndInEmptyCells()
    {
        using ISheetRows rows = SheetReader.Open(Utf8("a,b,c\n1\n1,2\n"), "loans.csv");

        Book.Dump(rows).ShouldBe(["2: 1||", "3: 1|2|"]);
    }

    [Fact]
    public void Xls_OfLibreOffice_GivesTypedCellsAndProblems()
    {
        using ISheetRows rows = SheetReader.Open(Book.Fixture("crafted.xls"), "loans.xls");

        rows.Kind.ShouldBe(SheetKind.Xls);
        rows.Header.ShouldBe(["借据编号", "借款人名称", "借据日期", "贷款金额", "年利率", "备注"]);
        Book.Dump(rows).ShouldBe(
        [
            "2: 00123|深圳市甲有限公司|2026-03-31|4500000.25|0.0365|",
            "3: N-3|乙 & 丙|2026-03-31 12:00:00|0.3|0.05|尾",
            "5: N-5|丁|2023-03-15|3|0.05| Formula@D5",
            "6: N-6|戊|2023-03-15|1000|0.05| HiddenRow@6",
            "7: N-7|己|2023-03-15||0.05| Formula@D7", // LibreOffice writes #N/A as =NA()
            "8: N-8|庚|2023-03-15|440305199001011000|0.05| DigitsLost@D8",
            "9: N-9|辛|2023-03-15|5|0.05| Merged@B9",
            "10: N-10||2023-03-15|5|0.05| OutsideHeader@H10 Merged@B10",
        ]);
    }

    [Fact]
    public void Xls_WithAnErrorValue_IsAProblemOfItsRow()
    {
        byte[] file = Book.Fixture("crafted.xls").ToArray();
        int formula = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[6, 0, 3, 0]) - 4; // the record of D7
        (file[formula], file[formula + 1]) = (0x05, 0x02); // BOOLERR
        (file[formula + 10], file[formula + 11]) = (0x2A, 1); // #N/A

        Book.Dump(SheetReader.Open(new MemoryStream(file), "loans.xls"))[4].ShouldBe("7: N-7|己|2023-03-15||0.05| ErrorValue@D7");
    }

    [Fact]
    public void Xls_WithThe1904Calendar_CountsFromIt() =>
        Book.Dump(SheetReader.Open(Book.Fixture("date1904.xls"), "loans.xls")).ShouldBe(["2: x||2026-03-31|||"]);

    [Theory]
    [InlineData("EncryptionInfo", "encrypted")]
    [InlineData("_VBA_PROJECT", "macros")]
    public void Xls_WithAForbiddenStream_IsRefused(string stream, string code)
    {
        byte[] file = Book.Fixture("crafted.xls").ToArray();
        int name = file.AsSpan().IndexOf(Encoding.Unicode.GetBytes("\u0005SummaryInformation"));
        file.AsSpan(name, 64).Clear();
        Encoding.Unicode.GetBytes(stream).CopyTo(file, name);
        file[name + 64] = (byte)((stream.Length + 1) * 2);

        Book.Refusal(new MemoryStream(file), "loans.xls").ShouldBe(code);
    }

    [Theory]
    [InlineData(0x2F, "encrypted")] // FILEPASS
    [InlineData(0x1AE, "external_links")] // SUPBOOK, of what is no self-reference
    public void Xls_WithAForbiddenRecord_IsRefused(int record, string code)
    {
        byte[] file = Book.Fixture("crafted.xls").ToArray();
        int codepage = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xE1, 0x00, 0x02, 0x00, 0xB0, 0x04]);
        int writeAccess = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x5C, 0x00, 0x70, 0x00]);
        int at = writeAccess > 0 ? writeAccess : codepage;
        at.ShouldBeGreaterThan(0);
        file[at] = (byte)record;
        file[at + 1] = (byte)(record >> 8);

        Book.Refusal(new MemoryStream(file), "loans.xls").ShouldBe(code);
    }
}
