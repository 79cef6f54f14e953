using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using FundPool.Application.Papers;
using Shouldly;
using Xunit;
using Style = DocumentFormat.OpenXml.Wordprocessing.Style;

namespace FundPool.Application.Tests.Papers;

/// <summary>Each parameter of GB/T 9704-2012 (practices B3) in the file itself.</summary>
public sealed class DocxFormTests : IDisposable
{
    private readonly WordprocessingDocument file = WordprocessingDocument.Open(new MemoryStream(DocxRenderer.Render(SamplePapers.Letter())), isEditable: false);

    private Body Body => file.MainDocumentPart!.Document.Body!;

    public void Dispose() => file.Dispose();

    [Fact]
    public void File_Whole_IsValid() =>
        new OpenXmlValidator(FileFormatVersions.Office2016).Validate(file).Select(error => $"{error.Part?.Uri} {error.Path?.XPath} {error.Description}").ShouldBeEmpty();

    [Fact]
    public void Page_Upright_IsA4WithTheTextBlockOf156By225Millimetres()
    {
        SectionProperties section = Body.Descendants<SectionProperties>().First();

        section.GetFirstChild<PageSize>()!.ShouldSatisfyAllConditions(size => size.Width!.Value.ShouldBe(11906u), size => size.Height!.Value.ShouldBe(16838u));
        section.GetFirstChild<PageMargin>()!.ShouldSatisfyAllConditions(
            margin => margin.Top!.Value.ShouldBe(2098), margin => margin.Left!.Value.ShouldBe(1587u), margin => margin.Right!.Value.ShouldBe(1474u), margin => margin.Bottom!.Value.ShouldBe(1984));
    }

    [Fact]
    public void Grid_Declared_Is22LinesOf28Characters()
    {
        DocGrid grid = Body.Descendants<SectionProperties>().First().GetFirstChild<DocGrid>()!;

        grid.Type!.Value.ShouldBe(DocGridValues.LinesAndChars);
        grid.LinePitch!.Value.ShouldBe(579);
        grid.CharacterSpace!.Value.ShouldBe(-848);
        // The text block: 225 mm ÷ 28.95 pt and 156 mm ÷ (16 − 0.25) pt.
        ((16838 - 2098 - 1984) / 579).ShouldBe(22);
        ((11906 - 1587 - 1474) / (20 * 16 - 5)).ShouldBe(28);
        StyleOf("BodyText").StyleRunProperties!.GetFirstChild<Spacing>()!.Val!.Value.ShouldBe(-5);
    }

    [Theory]
    [InlineData("DocumentTitle", "方正小标宋简体", "44")]
    [InlineData("BodyText", "仿宋_GB2312", "32")]
    [InlineData("Level1", "黑体", "32")]
    [InlineData("Level2", "楷体_GB2312", "32")]
    [InlineData("Level3", "仿宋_GB2312", "32")]
    [InlineData("Level4", "仿宋_GB2312", "32")]
    [InlineData("AnnexMark", "黑体", "32")]
    [InlineData("PageNumber", "宋体", "28")]
    public void Style_Always_HasItsFontAndSize(string style, string font, string size)
    {
        StyleRunProperties run = StyleOf(style).StyleRunProperties!;

        run.GetFirstChild<RunFonts>()!.EastAsia!.Value.ShouldBe(font);
        run.GetFirstChild<FontSize>()!.Val!.Value.ShouldBe(size);
    }

    [Theory]
    [InlineData("BodyText")]
    [InlineData("Level1")]
    [InlineData("Level4")]
    public void Paragraph_OfText_BeginsTwoCharactersIn(string style) =>
        StyleOf(style).StyleParagraphProperties!.GetFirstChild<Indentation>()!.FirstLineChars!.Value.ShouldBe(200);

    [Fact]
    public void Title_Always_StandsInTheMiddleALineEach()
    {
        StyleOf("DocumentTitle").StyleParagraphProperties!.GetFirstChild<Justification>()!.Val!.Value.ShouldBe(JustificationValues.Center);
        Texts("DocumentTitle").Take(2).ShouldBe(["示例市中小企业服务局关于下达", "风险补偿项目资助计划的通知"]);
    }

    [Fact]
    public void Levels_InTheirOrder_AreNumberedAsOfficialsDo() =>
        Body.Elements<Paragraph>().Where(p => p.ParagraphProperties?.ParagraphStyleId?.Val?.Value?.StartsWith("Level", StringComparison.Ordinal) == true).Select(p => p.InnerText)
            .ShouldBe(["一、金额", "（一）合计", "1.大写", "（1）账户确认函", "（2）收据", "二、监督"]);

    [Fact]
    public void Addressee_Always_StandsFlushWithAFullWidthColon()
    {
        Texts("Addressee").ShouldBe(["各加盟银行："]);
        StyleOf("Addressee").StyleParagraphProperties!.GetFirstChild<Indentation>()!.FirstLineChars!.Value.ShouldBe(0);
    }

    [Fact]
    public void Attachments_Listed_HangUnderTheirNumberWithoutAMarkAtTheEnd()
    {
        Paragraph first = Body.Elements<Paragraph>().Single(p => p.InnerText.StartsWith("附件：", StringComparison.Ordinal));

        first.InnerText.ShouldBe("附件：1.资助计划表");
        first.ParagraphProperties!.Indentation!.ShouldSatisfyAllConditions(i => i.LeftChars!.Value.ShouldBe(500), i => i.HangingChars!.Value.ShouldBe(300));
        first.NextSibling<Paragraph>()!.InnerText.ShouldBe("2.说明");
        first.PreviousSibling<Paragraph>()!.InnerText.ShouldBe("");
    }

    [Fact]
    public void Attachment_Always_BeginsAPageWithItsMarkAndItsTitleOnTheThirdLine()
    {
        Paragraph[] marks = [.. Body.Elements<Paragraph>().Where(p => p.ParagraphProperties?.ParagraphStyleId?.Val?.Value == "AnnexMark")];

        marks.Select(p => p.InnerText).ShouldBe(["附件1", "附件2"]);
        foreach (Paragraph mark in marks)
        {
            // Either a section of its own begins before it or the mark itself breaks the page.
            (mark.ParagraphProperties!.PageBreakBefore is not null || mark.PreviousSibling()!.Descendants<SectionProperties>().Any()).ShouldBeTrue();
            mark.NextSibling<Paragraph>()!.InnerText.ShouldBe("");
            mark.NextSibling()!.NextSibling<Paragraph>()!.ParagraphProperties!.ParagraphStyleId!.Val!.Value.ShouldBe("DocumentTitle");
        }
    }

    [Fact]
    public void Date_WithASeal_StandsFourCharactersFromTheRightAndTheSignerOverIt()
    {
        Paragraph date = Body.Elements<Paragraph>().Single(p => p.InnerText == "2026年3月1日");

        date.ParagraphProperties!.Indentation!.RightChars!.Value.ShouldBe(400);
        date.ParagraphProperties.Justification!.Val!.Value.ShouldBe(JustificationValues.Right);
        // The date is six characters wide, the signer ten: two more on each side.
        Paragraph signer = date.PreviousSibling<Paragraph>()!;
        string.Concat(signer.Descendants<Text>().Select(text => text.Text)).ShouldBe("示例市中小企业服务局");
        signer.ParagraphProperties!.Indentation!.RightChars!.Value.ShouldBe(200);
    }

    [Theory]
    [InlineData(HeaderFooterValues.Default, JustificationValues.Right)]
    [InlineData(HeaderFooterValues.Even, JustificationValues.Left)]
    public void PageNumber_OnOddAndEvenPages_StandsOutsideBetweenDashes(HeaderFooterValues kind, JustificationValues side)
    {
        Paragraph number = FooterOf(Body.Descendants<SectionProperties>().First(), kind).Elements<Paragraph>().Single();

        number.InnerText.ShouldBe("—  PAGE 1 —");
        number.ParagraphProperties!.Justification!.Val!.Value.ShouldBe(side);
        Indentation indent = number.ParagraphProperties.Indentation!;
        (side == JustificationValues.Right ? indent.RightChars : indent.LeftChars)!.Value.ShouldBe(100);
        file.MainDocumentPart!.DocumentSettingsPart!.Settings.GetFirstChild<EvenAndOddHeaders>().ShouldNotBeNull();
    }

    [Fact]
    public void WideTable_Always_LiesAcrossWithItsHeadRepeatedAndItsRowsWhole()
    {
        SectionProperties[] sections = [.. Body.Descendants<SectionProperties>()];
        Table table = Body.Elements<Table>().First();

        sections.Length.ShouldBe(3);
        sections[1].GetFirstChild<PageSize>()!.ShouldSatisfyAllConditions(
            size => size.Orient!.Value.ShouldBe(PageOrientationValues.Landscape), size => size.Width!.Value.ShouldBe(16838u), size => size.Height!.Value.ShouldBe(11906u));
        // The sheet turned to the left: what is its top margin upright lies on the right.
        sections[1].GetFirstChild<PageMargin>()!.ShouldSatisfyAllConditions(
            margin => margin.Right!.Value.ShouldBe(2098u), margin => margin.Top!.Value.ShouldBe(1587), margin => margin.Bottom!.Value.ShouldBe(1474), margin => margin.Left!.Value.ShouldBe(1984u));
        table.Elements<TableRow>().Count(row => row.TableRowProperties!.GetFirstChild<TableHeader>() is not null).ShouldBe(1);
        table.Elements<TableRow>().First().TableRowProperties!.GetFirstChild<TableHeader>().ShouldNotBeNull();
        table.Elements<TableRow>().ShouldAllBe(row => row.TableRowProperties!.GetFirstChild<CantSplit>() != null);
        table.Elements<TableRow>().Last().InnerText.ShouldBe("合计1,080,000.00");
        FooterOf(sections[1], HeaderFooterValues.Default).Descendants<TextDirection>().Single().Val!.Value.ShouldBe(TextDirectionValues.TopToBottomRightToLeft);
    }

    [Fact]
    public void Colour_Red_StandsInTheHeadAndItsLineAlone()
    {
        string[] red = [.. file.MainDocumentPart!.StyleDefinitionsPart!.Styles!.Elements<Style>().Where(s => s.StyleRunProperties?.Color?.Val?.Value == "FF0000").Select(s => s.StyleId!.Value!)];

        red.ShouldBe(["Red"]);
        Body.Descendants<ParagraphBorders>().ShouldHaveSingleItem().BottomBorder!.Color!.Value.ShouldBe("FF0000");
        Body.Descendants<Color>().ShouldBeEmpty();
        Texts("Red").ShouldBe(["示例市中小企业服务局文件"]);
    }

    [Fact]
    public void Fonts_Always_AreNamedAndNeverShipped() => file.MainDocumentPart!.FontTablePart!.FontParts.ShouldBeEmpty();

    [Fact]
    public void Code_Always_StandsWithItsPictureAndAddress()
    {
        Texts("Small").ShouldContain("核验码 7ABCDE-FGHJK-MNPQR-STVWX-YZ012");
        file.MainDocumentPart!.ImageParts.ShouldHaveSingleItem().ContentType.ShouldBe("image/png");
        Body.Descendants<DocumentFormat.OpenXml.Drawing.Blip>().ShouldHaveSingleItem();
    }

    private Style StyleOf(string id) => file.MainDocumentPart!.StyleDefinitionsPart!.Styles!.Elements<Style>().Single(s => s.StyleId == id);

    private string[] Texts(string style) => [.. Body.Elements<Paragraph>().Where(p => p.ParagraphProperties?.ParagraphStyleId?.Val?.Value == style).Select(p => p.InnerText)];

    private Footer FooterOf(SectionProperties section, HeaderFooterValues kind) =>
        ((FooterPart)file.MainDocumentPart!.GetPartById(section.Elements<FooterReference>().Single(f => f.Type!.Value == kind).Id!)).Footer;
}
