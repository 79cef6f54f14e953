using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace FundPool.Application.Papers;

/// <summary>Tables of a paper: heads repeat, rows stay whole. Widths are parts of the full width, so that a table fits pages of both directions.</summary>
internal static class DocxTables
{
    private const int Full = 5000; // fiftieths of a percent

    public static void Append(Body body, Grid grid)
    {
        if (grid.Unit is { } unit)
        {
            Paragraph line = DocxBody.Styled("Cell", PaperText.Unit(unit));
            line.ParagraphProperties!.Append(new KeepNext(), new Justification { Val = JustificationValues.Right });
            body.Append(line);
        }

        int[] widths = Widths([.. grid.Columns.Select(column => column.Weight)]);
        Table table = Empty(widths);
        TableRow head = Row(grid.Columns.Select((column, i) => Cell(column.Name, widths[i], ColumnSide.Centre, "CellHead")));
        head.TableRowProperties!.Append(new TableHeader());
        table.Append(head);
        for (int n = 0; n < grid.Rows.Count; n++)
        {
            IReadOnlyList<string> row = grid.Rows[n];
            // The total never stands alone on a page.
            bool last = grid.Total is not null && n == grid.Rows.Count - 1;
            table.Append(Row(grid.Columns.Select((column, i) => Cell(row[i], widths[i], column.Side, "Cell", last))));
        }

        if (grid.Total is { } total)
        {
            table.Append(Row(grid.Columns.Select((column, i) => Cell(total[i], widths[i], column.Side, "CellHead"))));
        }

        body.Append(table);
    }

    public static void Append(Body body, Facts facts)
    {
        int[] widths = Widths([18, 32, 18, 32]);
        Table table = Empty(widths);
        foreach (IReadOnlyList<Fact> pair in facts.Pairs())
        {
            List<TableCell> cells = [];
            foreach (Fact fact in pair)
            {
                bool wide = pair.Count == 1;
                TableCell value = Cell(fact.Value, wide ? widths[1..].Sum() : widths[1], ColumnSide.Left, "Cell");
                if (wide)
                {
                    value.TableCellProperties!.InsertAfter(new GridSpan { Val = 3 }, value.TableCellProperties.TableCellWidth);
                }

                cells.AddRange([Cell(fact.Name, widths[0], ColumnSide.Centre, "CellHead"), value]);
            }

            table.Append(Row(cells));
        }

        body.Append(table);
    }

    private static Table Empty(int[] widths) => new(
        new TableProperties(
            new TableWidth { Width = Full.ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Pct },
            new TableJustification { Val = TableRowAlignmentValues.Center },
            new TableBorders(Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(), Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>()),
            new TableLayout { Type = TableLayoutValues.Fixed },
            new TableCellMarginDefault(new TableCellLeftMargin { Width = 70, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 70, Type = TableWidthValues.Dxa })),
        new TableGrid(widths.Select(width => new GridColumn { Width = (width * 8845 / Full).ToString(CultureInfo.InvariantCulture) })));

    private static T Border<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "000000" };

    private static TableRow Row(IEnumerable<TableCell> cells) =>
        new(cells.Prepend<OpenXmlElement>(new TableRowProperties(new CantSplit(), new TableRowHeight { Val = 420, HeightType = HeightRuleValues.AtLeast })));

    private static TableCell Cell(string text, int width, ColumnSide side, string style, bool keep = false)
    {
        Paragraph line = DocxBody.Styled(style, text);
        if (keep)
        {
            line.ParagraphProperties!.Append(new KeepNext());
        }

        line.ParagraphProperties!.Append(new Justification
        {
            Val = side switch { ColumnSide.Centre => JustificationValues.Center, ColumnSide.Right => JustificationValues.Right, _ => JustificationValues.Left },
        });
        return new TableCell(
            new TableCellProperties(
                new TableCellWidth { Width = width.ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Pct },
                new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }),
            line);
    }

    // Whole fiftieths that add up: the last column takes what rounding left.
    private static int[] Widths(int[] weights)
    {
        int sum = weights.Sum();
        int[] widths = [.. weights.Select(weight => weight * Full / sum)];
        widths[^1] += Full - widths.Sum();
        return widths;
    }
}
