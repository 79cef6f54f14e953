using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace FundPool.Application.Papers;

/// <summary>
/// Fonts and paragraphs of GB/T 9704-2012: 3号 is 16 pt (w:sz 32), 2号 22 pt, 4号 14 pt; 22 lines of 28.95 pt a page. The section declares the grid of the
/// standard; the text reaches 28 characters a line by its own spacing and not by the grid, to which programs snap each in their own way.
/// </summary>
internal static class DocxStyles
{
    public const string TitleFont = "方正小标宋简体", TextFont = "仿宋_GB2312", FirstFont = "黑体", SecondFont = "楷体_GB2312", NumberFont = "宋体";
    public const int LinePitch = 579;

    // A quarter of a point: 28 characters of 15.75 pt are 441 pt, the text block is 442.25 pt wide.
    private const int Tight = -5;

    public static Styles Write() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(Face(TextFont), new Languages { Val = "en-US", EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle())),
        Normal(),
        Named("Red", "发文机关标志", Centred(1400), new RunFonts { Ascii = TitleFont, HighAnsi = TitleFont, EastAsia = TitleFont }, "56", "FF0000"),
        Named("Number", "发文字号", Centred(), Face(TextFont), "32"),
        Named("DocumentTitle", "公文标题", Centred(), Face(TitleFont), "44"),
        Named("Addressee", "主送机关", Flush(), Face(TextFont), "32", tight: true),
        Named("BodyText", "公文正文", Indented(), Face(TextFont), "32", tight: true),
        Named("Level1", "一级标题", Indented(keep: true), Face(FirstFont), "32", tight: true),
        Named("Level2", "二级标题", Indented(keep: true), Face(SecondFont), "32", tight: true),
        Named("Level3", "三级标题", Indented(), Face(TextFont), "32", tight: true),
        Named("Level4", "四级标题", Indented(), Face(TextFont), "32", tight: true),
        Named("AnnexMark", "附件顺序号", Flush(), Face(FirstFont), "32"),
        Named("Cell", "表格文字", Cell(), Face(TextFont), "21"),
        Named("CellHead", "表头文字", Cell(), Face(FirstFont), "21"),
        Named("Small", "核验说明", Cell(), Face(TextFont), "21"),
        Named("PageNumber", "公文页码", Flush(), Face(NumberFont), "28"));

    public static RunFonts Face(string name) => new() { Ascii = name, HighAnsi = name, EastAsia = name, ComplexScript = name };

    private static Style Normal() => new(
        new StyleName { Val = "Normal" }, new PrimaryStyle(),
        new StyleParagraphProperties(new SnapToGrid { Val = false }, new SpacingBetweenLines { Line = "579", LineRule = LineSpacingRuleValues.Exact }, new Justification { Val = JustificationValues.Both }),
        new StyleRunProperties(Face(TextFont), new FontSize { Val = "32" }, new FontSizeComplexScript { Val = "32" }))
    {
        Type = StyleValues.Paragraph, StyleId = "Normal", Default = true,
    };

    private static Style Named(string id, string name, StyleParagraphProperties paragraph, RunFonts fonts, string size, string color = "000000", bool tight = false) => new(
        new StyleName { Val = name }, new BasedOn { Val = "Normal" }, new PrimaryStyle(), paragraph,
        tight
            ? new StyleRunProperties(fonts, new Color { Val = color }, new Spacing { Val = Tight }, new FontSize { Val = size }, new FontSizeComplexScript { Val = size })
            : new StyleRunProperties(fonts, new Color { Val = color }, new FontSize { Val = size }, new FontSizeComplexScript { Val = size }))
    {
        Type = StyleValues.Paragraph, StyleId = id, CustomStyle = true,
    };

    private static StyleParagraphProperties Centred(int line = LinePitch) => new(
        new SpacingBetweenLines { Line = line.ToString(System.Globalization.CultureInfo.InvariantCulture), LineRule = LineSpacingRuleValues.Exact },
        new Indentation { FirstLine = "0", FirstLineChars = 0 }, new Justification { Val = JustificationValues.Center });

    private static StyleParagraphProperties Flush() => new(new Indentation { FirstLine = "0", FirstLineChars = 0 }, new Justification { Val = JustificationValues.Left });

    // Two characters: firstLineChars is what Word and WPS follow, the twips are for those that do not know it.
    private static StyleParagraphProperties Indented(bool keep = false)
    {
        Indentation indent = new() { FirstLine = "640", FirstLineChars = 200 };
        return keep ? new StyleParagraphProperties(new KeepNext(), indent) : new StyleParagraphProperties(indent);
    }

    private static StyleParagraphProperties Cell() => new(
        new SpacingBetweenLines { Line = "300", LineRule = LineSpacingRuleValues.AtLeast },
        new Indentation { FirstLine = "0", FirstLineChars = 0 }, new Justification { Val = JustificationValues.Left });
}
