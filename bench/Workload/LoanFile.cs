using System.Globalization;
using System.Text;
using FundPool.Application.Spreadsheets;

namespace FundPool.Bench;

/// <summary>Writes a loan file as a bank would send it: UTF-8 .csv, or .xlsx with real dates and numbers.</summary>
internal static class LoanFile
{
    public static int Write(int rows, int seed, string path)
    {
        if (path.EndsWith(".csv", StringComparison.Ordinal))
        {
            using StreamWriter csv = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16);
            csv.WriteLine(MadeUpLoan.Header);
            for (int i = 1; i <= rows; i++)
            {
                csv.WriteLine(string.Join(',', MadeUpLoan.Cells(i, seed)));
            }

            return 0;
        }

        using FileStream file = File.Create(path);
        using XlsxWriter workbook = new(file);
        XlsxSheet sheet = workbook.AddSheet(new SheetPlan("贷款", [.. MadeUpLoan.Header.Split(',').Select(header => new SheetColumn(header))]));
        for (int i = 1; i <= rows; i++)
        {
            sheet.NextRow();
            string[] cells = MadeUpLoan.Cells(i, seed);
            for (int column = 0; column < cells.Length; column++)
            {
                Put(sheet, column, cells[column]);
            }
        }

        workbook.Complete();
        return 0;
    }

    private static void Put(XlsxSheet sheet, int column, string cell)
    {
        if (cell.Length == 0)
        {
            sheet.Skip();
            return;
        }

        switch (column)
        {
            case 6: sheet.Whole(long.Parse(cell, CultureInfo.InvariantCulture)); break;
            case 9 or 10: sheet.Date(DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case 14: sheet.Rate(decimal.Parse(cell, CultureInfo.InvariantCulture)); break;
            case 7 or 8 or 12 or 20: sheet.Money(decimal.Parse(cell, CultureInfo.InvariantCulture)); break;
            default: sheet.Text(cell); break;
        }
    }
}
