using System.Globalization;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Spreadsheets;

/// <summary>The empty workbook that a bank fills in: the sheet to fill, the notes, and hidden the lists and the stamp.</summary>
public static class Template
{
    private const string Lists = "_dict";
    private const string Meta = "_meta";

    private static readonly DateOnly FirstDay = new(2000, 1, 1);
    private static readonly DateOnly LastDay = new(2099, 12, 31);
    private static readonly DateOnly SerialZero = new(1899, 12, 30);

    /// <summary>Writes the template in Chinese, or in English for the English switch of the portal; both are taken on import.</summary>
    public static void Write(Stream output, Words title, IReadOnlyList<TemplateField> fields, TemplateStamp stamp, bool english = false)
    {
        using XlsxWriter workbook = new(output);
        WriteSheet(workbook, fields, english);
        WriteNotes(workbook, title, fields, english);
        WriteLists(workbook, fields, english);
        WriteStamp(workbook, stamp);
        workbook.Complete();
    }

    /// <summary>The stamp of a template or of an error workbook made from one; null when the file carries none that can be read.</summary>
    public static TemplateStamp? ReadStamp(Stream stream)
    {
        try
        {
            using ISheetRows? rows = SheetReader.OpenSheet(stream, Meta, new SheetLimits { MaxRows = 20 });
            return rows?.Header is ["key", "value"] ? ReadStamp(rows) : null;
        }
        catch (SpreadsheetRefused)
        {
            return null; // whether the file is fit to be read is for who opens its rows
        }
    }

    internal static string SheetName(bool english) => english ? "Data" : "填报";

    internal static void WriteLists(XlsxWriter workbook, IReadOnlyList<TemplateField> fields, bool english)
    {
        List<TemplateField> lists = [.. fields.Where(f => f.Options.Count > 0)];
        if (lists.Count == 0)
        {
            return;
        }

        // For each field what is offered, and beside it the code that stands for it.
        SheetColumn[] columns = [.. lists.SelectMany(f => (SheetColumn[])[new(f.Name), new($"{f.Name}.code")])];
        XlsxSheet sheet = workbook.AddSheet(new SheetPlan(Lists, columns) { Visibility = SheetVisibility.VeryHidden });
        for (int row = 0; row < lists.Max(f => f.Options.Count); row++)
        {
            sheet.NextRow();
            foreach (TemplateField field in lists)
            {
                FieldOption? option = row < field.Options.Count ? field.Options[row] : null;
                sheet.Text(option is null ? null : english ? option.Code : option.Label.Zh);
                sheet.Text(option?.Code);
            }
        }

        for (int i = 0; i < lists.Count; i++)
        {
            workbook.NameRange(ListName(lists[i]), Lists, 2 * i, 2, lists[i].Options.Count + 1);
        }
    }

    internal static void WriteStamp(XlsxWriter workbook, TemplateStamp stamp)
    {
        XlsxSheet sheet = workbook.AddSheet(new SheetPlan(Meta, [new("key"), new("value", 40)]) { Visibility = SheetVisibility.VeryHidden });
        foreach ((string key, string value) in ((string, string)[])[("version", stamp.Version), ("bank", stamp.Bank), ("quarter", stamp.Quarter), ("seal", stamp.Seal)])
        {
            sheet.NextRow();
            sheet.Text(key);
            sheet.Text(value);
        }
    }

    /// <summary>What the spreadsheet checks while it is being filled in; the import checks everything again.</summary>
    internal static SheetRule Rule(TemplateField field, int column, bool english)
    {
        string title = field.HeaderIn(english);
        string note = english ? field.Note.En ?? "" : field.Note.Zh ?? "";
        SheetRule rule = field.Kind switch
        {
            FieldKind.Choice => SheetRule.List(column, ListName(field)) with { Error = english ? "Choose one of the list." : "请从下拉列表中选择。" },
            FieldKind.Choices => SheetRule.List(column, ListName(field)) with { Strict = false },
            FieldKind.Money => new(column, SheetRuleKind.Number, "0") { Error = english ? "An amount in yuan, not below 0, with at most two decimals." : "请填写不小于 0 的金额（元），最多两位小数。" },
            FieldKind.Whole => new(column, SheetRuleKind.Whole, "0") { Error = english ? "A whole number, not below 0." : "请填写不小于 0 的整数。" },
            FieldKind.Rate => new(column, SheetRuleKind.Number, "0", "1") { Error = english ? "A fraction: 3.65% is written 0.0365." : "请填写小数：3.65% 写作 0.0365。" },
            FieldKind.Date => new(column, SheetRuleKind.Date, Serial(FirstDay), Serial(LastDay)) { Error = english ? "A date such as 2026-03-31." : "请填写日期，如 2026-03-31。" },
            _ => new(column, SheetRuleKind.TextLength, field.MaxLength.ToString(CultureInfo.InvariantCulture)) { Error = english ? $"At most {field.MaxLength} characters." : $"最多 {field.MaxLength} 个字符。" },
        };
        return rule with { Title = title, Prompt = note };
    }

    private static TemplateStamp? ReadStamp(ISheetRows rows)
    {
        Dictionary<string, string> values = [];
        while (rows.Read())
        {
            if (rows.Cells is [{ } key, { } value])
            {
                values[key] = value;
            }
        }

        return values.TryGetValue("version", out string? version)
            ? new TemplateStamp(version, values.GetValueOrDefault("bank", ""), values.GetValueOrDefault("quarter", ""), values.GetValueOrDefault("seal", ""))
            : null;
    }

    private static string ListName(TemplateField field) => $"dict_{field.Name}";

    private static string Serial(DateOnly day) => (day.DayNumber - SerialZero.DayNumber).ToString(CultureInfo.InvariantCulture);

    private static void WriteSheet(XlsxWriter workbook, IReadOnlyList<TemplateField> fields, bool english)
    {
        workbook.AddSheet(new SheetPlan(SheetName(english), [.. fields.Select(f => new SheetColumn(f.HeaderIn(english), Width(f), Look(f)) { IsNeeded = f.Required })])
        {
            Rules = [.. fields.Select((f, i) => Rule(f, i, english))],
        });
    }

    private static CellLook Look(TemplateField field) => field.Kind switch
    {
        FieldKind.Money => CellLook.Money,
        FieldKind.Whole => CellLook.Whole,
        FieldKind.Date => CellLook.Date,
        FieldKind.Rate => CellLook.Rate,
        _ => CellLook.Text,
    };

    private static double Width(TemplateField field) => field.Kind switch
    {
        FieldKind.Date => 12,
        FieldKind.Whole or FieldKind.Rate => 11,
        FieldKind.Choices => 28,
        FieldKind.Text when field.MaxLength > 64 => 30,
        FieldKind.Text => 22,
        _ => 18,
    };

    private static void WriteNotes(XlsxWriter workbook, Words title, IReadOnlyList<TemplateField> fields, bool english)
    {
        XlsxSheet sheet = workbook.AddSheet(new SheetPlan(english ? "Notes" : "填写说明", [new("", 18), new("", 18), new("", 8), new("", 34), new("", 52), new("", 26)])
        {
            HasHeader = false,
            Merges = ["A1:F1", "A2:F2"],
        });
        sheet.NextRow(height: 30);
        sheet.Text(english ? title.En : title.Zh, CellLook.Title);
        sheet.NextRow(height: 36);
        sheet.Text(
            english
                ? "Fill in the sheet “Data”, one record a row; columns with a yellow header are needed. Leave the header as it is; the order of the columns doesn't matter. No formulas, merged cells or hidden rows."
                : "请在“填报”表中逐行填写，黄色表头的列必须填写。请勿改动表头（列的先后不限），不要使用公式、合并单元格或隐藏行。",
            CellLook.Wrapped);
        sheet.NextRow();
        foreach (string header in english
            ? (string[])["Header", "中文表头", "Needed", "Form", "Notes", "Sample"]
            : ["表头", "英文表头", "必填", "填写格式", "说明", "示例"])
        {
            sheet.Text(header, CellLook.Header);
        }

        foreach (TemplateField field in fields)
        {
            string? note = english ? field.Note.En : field.Note.Zh;
            sheet.NextRow(RowHeight.For((Form(field, english), 34), (note, 52)));
            sheet.Text(field.HeaderIn(english), CellLook.Wrapped);
            sheet.Text(field.HeaderIn(!english), CellLook.Wrapped);
            sheet.Text(field.Required ? english ? "yes" : "是" : english ? "no" : "否", CellLook.Wrapped);
            sheet.Text(Form(field, english), CellLook.Wrapped);
            sheet.Text(note, CellLook.Wrapped);
            sheet.Text(field.Sample, CellLook.Wrapped);
        }
    }

    private static string Form(TemplateField field, bool english)
    {
        string options = string.Join('\n', field.Options.Select(o => english ? $"{o.Code} ({o.Label.En})" : $"{o.Label.Zh}（{o.Code}）"));
        return field.Kind switch
        {
            FieldKind.Choice => (english ? "one of:\n" : "下列之一：\n") + options,
            FieldKind.Choices => (english ? "any of these, joined by ;\n" : "下列一项或多项，用 ; 分隔：\n") + options,
            FieldKind.Money => english ? "amount in yuan, two decimals" : "金额（元），最多两位小数",
            FieldKind.Whole => english ? "whole number" : "整数",
            FieldKind.Rate => english ? "fraction: 3.65% is 0.0365" : "小数：3.65% 写作 0.0365",
            FieldKind.Date => english ? "date, 2026-03-31" : "日期，如 2026-03-31",
            _ => english ? $"text, at most {field.MaxLength} characters" : $"文本，最多 {field.MaxLength} 个字符",
        };
    }
}
