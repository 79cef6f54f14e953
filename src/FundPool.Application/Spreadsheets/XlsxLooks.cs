using System.Globalization;
using System.Text;

namespace FundPool.Application.Spreadsheets;

/// <summary>The cell styles of every workbook we write: each look plain and in red, and texts that must not be taken for formulas.</summary>
internal static class XlsxLooks
{
    private const int Looks = (int)CellLook.Title + 1;

    internal static string StylesXml { get; } = Build();

    /// <summary>The number of the style: looks, then the same in red, then the quoted texts.</summary>
    internal static int Style(CellLook look, bool wrong = false, bool quoted = false) =>
        quoted ? (2 * Looks) + (look == CellLook.Wrapped ? 2 : 0) + (wrong ? 1 : 0) : (int)look + (wrong ? Looks : 0);

    private static string Build()
    {
        StringBuilder xml = new("<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");
        xml.Append("<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"165\" formatCode=\"0.00######\"/></numFmts>");
        xml.Append("<fonts count=\"4\">");
        xml.Append("<font><sz val=\"11\"/><name val=\"等线\"/></font>");
        xml.Append("<font><b/><sz val=\"11\"/><name val=\"等线\"/></font>");
        xml.Append("<font><sz val=\"11\"/><color rgb=\"FF9C0006\"/><name val=\"等线\"/></font>");
        xml.Append("<font><b/><sz val=\"14\"/><name val=\"等线\"/></font></fonts>");
        xml.Append("<fills count=\"5\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>");
        xml.Append("<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDDE7F3\"/><bgColor indexed=\"64\"/></patternFill></fill>");
        xml.Append("<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC7CE\"/><bgColor indexed=\"64\"/></patternFill></fill>");
        xml.Append("<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFE699\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>");
        xml.Append("<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style=\"thin\"><color rgb=\"FF8EA9C9\"/></bottom><diagonal/></border></borders>");
        xml.Append("<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>");
        xml.Append(CultureInfo.InvariantCulture, $"<cellXfs count=\"{(2 * Looks) + 4}\">");
        foreach (bool wrong in (ReadOnlySpan<bool>)[false, true])
        {
            for (int look = 0; look < Looks; look++)
            {
                Append(xml, (CellLook)look, wrong, quoted: false);
            }
        }

        Append(xml, CellLook.Text, wrong: false, quoted: true);
        Append(xml, CellLook.Text, wrong: true, quoted: true);
        Append(xml, CellLook.Wrapped, wrong: false, quoted: true);
        Append(xml, CellLook.Wrapped, wrong: true, quoted: true);
        xml.Append("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>");
        return xml.ToString();
    }

    private static void Append(StringBuilder xml, CellLook look, bool wrong, bool quoted)
    {
        int format = look switch
        {
            CellLook.Text or CellLook.Wrapped or CellLook.Header or CellLook.NeededHeader or CellLook.Title => 49,
            CellLook.Money => 4,
            CellLook.Whole => 1,
            CellLook.Date => 164,
            CellLook.Rate => 165,
            _ => 0,
        };
        bool header = look is CellLook.Header or CellLook.NeededHeader;
        int font = look == CellLook.Title ? 3 : header ? 1 : wrong ? 2 : 0;
        int fill = wrong ? 3 : look == CellLook.NeededHeader ? 4 : header ? 2 : 0;
        string align = look switch
        {
            CellLook.Header or CellLook.NeededHeader => "<alignment vertical=\"center\" wrapText=\"1\"/>",
            CellLook.Title => "<alignment horizontal=\"center\" vertical=\"center\"/>",
            CellLook.Wrapped => "<alignment vertical=\"top\" wrapText=\"1\"/>",
            _ => "<alignment vertical=\"top\"/>",
        };
        string quote = quoted ? " quotePrefix=\"1\"" : "";
        xml.Append(CultureInfo.InvariantCulture, $"<xf numFmtId=\"{format}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{(header ? 1 : 0)}\" xfId=\"0\"{quote} applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">{align}</xf>");
    }
}
