using System.Globalization;
using System.Security;
using System.Text;

namespace FundPool.Application.Spreadsheets;

/// <summary>What stands before and after the rows of a sheet, in the order that the schema wants.</summary>
internal static class XlsxSheetXml
{
    internal static string Head(SheetPlan plan, bool selected)
    {
        StringBuilder xml = new("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView");
        xml.Append(selected ? " tabSelected=\"1\"" : "").Append(" workbookViewId=\"0\">");
        if (plan.HasHeader)
        {
            xml.Append("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/>");
        }

        xml.Append("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>");
        if (plan.Columns.Count > 0)
        {
            xml.Append("<cols>");
            for (int i = 0; i < plan.Columns.Count; i++)
            {
                xml.Append(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{plan.Columns[i].Width}\" style=\"{XlsxLooks.Style(plan.Columns[i].Look)}\" customWidth=\"1\"/>");
            }

            xml.Append("</cols>");
        }

        return xml.Append("<sheetData>").ToString();
    }

    internal static string Tail(SheetPlan plan, int lastRow)
    {
        StringBuilder xml = new("</sheetData>");
        if (plan.HasHeader && plan.Columns.Count > 0)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<autoFilter ref=\"A1:{SheetRows.ColumnName(plan.Columns.Count - 1)}{lastRow}\"/>");
        }

        if (plan.Merges.Count > 0)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<mergeCells count=\"{plan.Merges.Count}\">");
            foreach (string range in plan.Merges)
            {
                xml.Append(CultureInfo.InvariantCulture, $"<mergeCell ref=\"{range}\"/>");
            }

            xml.Append("</mergeCells>");
        }

        if (plan.Rules.Count > 0)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<dataValidations count=\"{plan.Rules.Count}\">");
            foreach (SheetRule rule in plan.Rules)
            {
                Append(xml, rule);
            }

            xml.Append("</dataValidations>");
        }

        return xml.Append("<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"/></worksheet>").ToString();
    }

    private static void Append(StringBuilder xml, SheetRule rule)
    {
        string kind = rule.Kind switch { SheetRuleKind.List => "list", SheetRuleKind.Number => "decimal", SheetRuleKind.Whole => "whole", SheetRuleKind.Date => "date", _ => "textLength" };
        string compare = rule.Kind == SheetRuleKind.List || rule.To is not null ? "" : rule.Kind == SheetRuleKind.TextLength ? " operator=\"lessThanOrEqual\"" : " operator=\"greaterThanOrEqual\"";
        string column = SheetRows.ColumnName(rule.Column);
        xml.Append(CultureInfo.InvariantCulture, $"<dataValidation type=\"{kind}\"{compare} allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"{(rule.Strict ? 1 : 0)}\"");
        Attribute(xml, "errorTitle", rule.Strict ? rule.Title : "", 32);
        Attribute(xml, "error", rule.Error, 225);
        Attribute(xml, "promptTitle", rule.Prompt.Length > 0 ? rule.Title : "", 32);
        Attribute(xml, "prompt", rule.Prompt, 255);
        xml.Append(CultureInfo.InvariantCulture, $" sqref=\"{column}{rule.FirstRow}:{column}{rule.LastRow}\"><formula1>{SecurityElement.Escape(rule.From)}</formula1>");
        xml.Append(rule.To is null ? "" : $"<formula2>{SecurityElement.Escape(rule.To)}</formula2>").Append("</dataValidation>");
    }

    private static void Attribute(StringBuilder xml, string name, string text, int longest)
    {
        if (text.Length > 0)
        {
            string cut = text.Length > longest ? text[..(longest - 1)] + "…" : text;
            xml.Append(CultureInfo.InvariantCulture, $" {name}=\"{SecurityElement.Escape(cut).Replace("\n", "&#10;", StringComparison.Ordinal)}\"");
        }
    }
}
