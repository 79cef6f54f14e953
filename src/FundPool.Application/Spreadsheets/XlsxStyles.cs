namespace FundPool.Application.Spreadsheets;

/// <summary>Which cell styles of a workbook show a number as a date.</summary>
internal static class XlsxStyles
{
    private const int MostStyles = 1 << 16;

    internal static bool[] ReadDates(XlsxPackage package, SheetLimits limits)
    {
        if (package.PartOfType("styles") is not { } part)
        {
            return [];
        }

        Dictionary<int, bool> formats = [];
        List<bool> styles = [];
        bool inCellFormats = false;
        using XmlCursor cursor = new(package.Open(part), limits);
        while (cursor.Read())
        {
            if (cursor.Name == "cellXfs")
            {
                inCellFormats = cursor.IsElement && !cursor.IsEmptyElement;
            }
            else if (cursor.IsElement && cursor.Name == "numFmt" && formats.Count < MostStyles)
            {
                (int id, string code) = NumberFormat(cursor);
                formats[id] = NumberFormats.IsDate(code);
            }
            else if (cursor.IsElement && cursor.Name == "xf" && inCellFormats && styles.Count < MostStyles)
            {
                int id = int.TryParse(cursor.Attribute("numFmtId"), out int number) ? number : 0;
                styles.Add(formats.TryGetValue(id, out bool date) ? date : NumberFormats.IsBuiltInDate(id));
            }
        }

        return [.. styles];
    }

    private static (int Id, string Code) NumberFormat(XmlCursor cursor)
    {
        int id = -1;
        string code = "";
        while (cursor.NextAttribute())
        {
            switch (cursor.Name)
            {
                case "numFmtId": id = int.TryParse(cursor.Value, out int number) ? number : -1; break;
                case "formatCode": code = cursor.Value; break;
                default: break;
            }
        }

        cursor.BackToElement();
        return (id, code);
    }
}
