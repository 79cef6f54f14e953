using FundPool.Application.Spreadsheets;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Application.Imports;

/// <summary>The empty workbooks for a bank's files, made from the same list of fields as the check.</summary>
public static class ImportTemplates
{
    private const string Version = "1";

    private static readonly TemplateField[] Loans = [.. LoanFields.All.Select(Of)];
    private static readonly TemplateField[] Classes = [.. ClassFields.All.Select(Of)];

    /// <summary>The columns of a kind of file as the spreadsheets show them.</summary>
    public static IReadOnlyList<TemplateField> FieldsOf(ImportKind kind) => kind == ImportKind.Loans ? Loans : Classes;

    /// <summary>Writes the template for a bank and, for loans, a quarter.</summary>
    public static void Write(ImportKind kind, Stream output, string bank, string quarter, bool english)
    {
        Words title = kind == ImportKind.Loans
            ? new Words($"{bank} {quarter} 贷款项目登记表", $"{bank}: loans of {quarter}")
            : new Words($"{bank} 贷款风险分类报告表", $"{bank}: classification reports");
        Template.Write(output, title, FieldsOf(kind), new TemplateStamp(Version, bank, quarter), english);
    }

    internal static TemplateField Of(FileField field) => new(field.Name, field.Header, KindOf(field.Kind), field.Required)
    {
        MaxLength = field.MaxLength == 0 ? 200 : field.MaxLength,
        Options = [.. (field.Codes?.Choices ?? []).Select(choice => new FieldOption(choice.Code, choice.Label))],
        Note = field.Meaning,
        Sample = field.Example,
    };

    private static Spreadsheets.FieldKind KindOf(Domain.Loans.FieldKind kind) => kind switch
    {
        Domain.Loans.FieldKind.Code => Spreadsheets.FieldKind.Choice,
        Domain.Loans.FieldKind.Codes => Spreadsheets.FieldKind.Choices,
        Domain.Loans.FieldKind.WholeNumber => Spreadsheets.FieldKind.Whole,
        Domain.Loans.FieldKind.Money => Spreadsheets.FieldKind.Money,
        Domain.Loans.FieldKind.Date => Spreadsheets.FieldKind.Date,
        Domain.Loans.FieldKind.Rate => Spreadsheets.FieldKind.Rate,
        _ => Spreadsheets.FieldKind.Text,
    };
}
