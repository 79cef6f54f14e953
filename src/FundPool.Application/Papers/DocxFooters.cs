using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace FundPool.Application.Papers;

/// <summary>
/// Page numbers “— 1 —” in 4号 half-width 宋体: on odd pages one character from the right, on even pages from the left. On a page that lies across they stand
/// where they stand on the others once the sheet is bound, which is the left edge of what one reads.
/// </summary>
internal static class DocxFooters
{
    public static Footer Upright(bool odd) => new(Numbered(odd));

    public static Footer Across(bool odd) => new(
        new Table(
            new TableProperties(
                // Odd pages near the lower left corner, even pages near the upper left one; 7 mm off the text, as on upright pages.
                new TablePositionProperties
                {
                    VerticalAnchor = VerticalAnchorValues.Page, HorizontalAnchor = HorizontalAnchorValues.Page, TablePositionX = 1187, TablePositionY = odd ? 8200 : 1587,
                },
                new TableOverlap { Val = TableOverlapValues.Never },
                new TableWidth { Width = "400", Type = TableWidthUnitValues.Dxa },
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(new TableCellLeftMargin { Width = 0, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 0, Type = TableWidthValues.Dxa })),
            new TableGrid(new GridColumn { Width = "400" }),
            new TableRow(
                new TableRowProperties(new TableRowHeight { Val = 2232, HeightType = HeightRuleValues.Exact }),
                new TableCell(
                    new TableCellProperties(new TableCellWidth { Width = "400", Type = TableWidthUnitValues.Dxa },
                        new TextDirection { Val = TextDirectionValues.TopToBottomRightToLeft }, new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }),
                    Numbered(odd)))),
        new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "PageNumber" })));

    private static Paragraph Numbered(bool odd) => new(
        new ParagraphProperties(
            new ParagraphStyleId { Val = "PageNumber" },
            odd ? new Indentation { Right = "280", RightChars = 100 } : new Indentation { Left = "280", LeftChars = 100 },
            new Justification { Val = odd ? JustificationValues.Right : JustificationValues.Left }),
        Text("— "),
        new Run(Properties(), new FieldChar { FieldCharType = FieldCharValues.Begin }),
        new Run(Properties(), new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve }),
        new Run(Properties(), new FieldChar { FieldCharType = FieldCharValues.Separate }),
        new Run(Properties(), new Text("1")),
        new Run(Properties(), new FieldChar { FieldCharType = FieldCharValues.End }),
        Text(" —"));

    private static Run Text(string text) => new(Properties(), new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    private static RunProperties Properties() => new(DocxStyles.Face(DocxStyles.NumberFont), new FontSize { Val = "28" });
}
