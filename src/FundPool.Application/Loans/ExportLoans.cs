using System.Globalization;
using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Spreadsheets;
using FundPool.Data;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FundPool.Application.Loans;

/// <summary>Takes out exactly what a list shows, all pages of it, as .xlsx. Texts are texts and amounts numbers, so that nothing in it runs. Written down.</summary>
public static class ExportLoans
{
    public const int Most = 1_000_000;

    [Requires(Permission.ExportLoans)]
    public sealed record Command(LoanFilter Filter, LoanOrder Order, bool English, string Described) : IRequest<FileStream>;

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Command, FileStream>
    {
        public async Task<FileStream> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Dictionary<int, string> banks = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool && o.Kind == "bank").ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
            Conditions where = LoanConditions.Of(command.Filter, pool, actor.Acting.Bank, await rules.EventsDueSoonAsync(db, command.Filter.Due, cancellationToken));
            (string column, _, bool descending) = ListLoans.ColumnOf(command.Order);
            string direction = descending ? "desc" : "asc";
            FileStream file = TemporaryFile.Create();
            try
            {
                int rows = await WriteAsync(file, command.English, where, $"{column} {direction}, id {direction}", banks, cancellationToken);
                await db.NoteAsync(nameof(ExportLoans), "loan.loan", "list", $"{command.Described}; {rows.ToString(CultureInfo.InvariantCulture)} rows", cancellationToken);
                file.Position = 0;
                return file;
            }
            catch
            {
                await file.DisposeAsync();
                throw;
            }
        }

        private async Task<int> WriteAsync(FileStream file, bool english, Conditions where, string order, Dictionary<int, string> banks, CancellationToken ct)
        {
            using XlsxWriter workbook = new(file);
            XlsxSheet sheet = workbook.AddSheet(Plan(english));
            await using NpgsqlCommand select = new($"""
                select bank_id, contract_no, note_no, borrower_name, borrower_id_shown, borrower_kind, industry, loan_date, maturity_date, currency,
                       currency_principal, principal_fen, annual_rate, product, purpose, array_to_string(security, ';'), array_to_string(features, ';'),
                       array_to_string(qualifications, ';'), total_balance_fen, credit_line_fen, other_cover, branch, registered_on, expected_share_bp,
                       risk_class, class_date, npl_since, outstanding_fen, library
                from loan.loan where {where} order by {order} limit {Most}
                """, db.Connection) { CommandTimeout = 600 };
            foreach (NpgsqlParameter parameter in where.Parameters)
            {
                select.Parameters.Add(parameter.Clone());
            }

            await using NpgsqlDataReader r = await select.ExecuteReaderAsync(ct);
            int rows = 0;
            while (await r.ReadAsync(ct))
            {
                rows++;
                Write(sheet, r, english, banks);
            }

            workbook.Complete();
            return rows;
        }

        private void Write(XlsxSheet sheet, NpgsqlDataReader r, bool english, Dictionary<int, string> banks)
        {
            int bank = r.GetInt32(0);
            string kind = r.GetString(5);
            sheet.NextRow();
            sheet.Text(banks.GetValueOrDefault(bank));
            sheet.Text(r.GetString(1));
            sheet.Text(r.GetString(2));
            sheet.Text(Masking.Name(actor, bank, kind, r.GetString(3)));
            sheet.Text(r.GetString(4));
            sheet.Text(LoanLabels.Of(LoanCodes.BorrowerKinds, kind, english));
            sheet.Text(r.GetString(6));
            sheet.Date(r.GetFieldValue<DateOnly>(7));
            sheet.Date(r.GetFieldValue<DateOnly>(8));
            sheet.Text(r.GetString(9));
            sheet.Money(r.GetDecimal(10));
            sheet.Money(r.GetInt64(11) / 100m);
            sheet.Rate(r.GetDecimal(12));
            sheet.Text(LoanLabels.Of(LoanCodes.Products, r.GetString(13), english));
            sheet.Text(r.GetString(14));
            sheet.Text(LoanLabels.OfList(LoanCodes.Securities, r.GetString(15), english));
            sheet.Text(LoanLabels.OfList(LoanCodes.Features, r.GetString(16), english));
            sheet.Text(LoanLabels.OfList(LoanCodes.Qualifications, r.GetString(17), english));
            sheet.Money(r.GetInt64(18) / 100m);
            sheet.Money(r.IsDBNull(19) ? null : r.GetInt64(19) / 100m);
            sheet.Text(LoanLabels.Of(LoanCodes.OtherCovers, r.GetString(20), english));
            sheet.Text(r.IsDBNull(21) ? null : r.GetString(21));
            sheet.Date(r.GetFieldValue<DateOnly>(22));
            sheet.Rate(r.GetInt32(23) / 10_000m);
            sheet.Text(LoanLabels.Of(LoanCodes.RiskClasses, r.GetString(24), english));
            sheet.Date(r.IsDBNull(25) ? null : r.GetFieldValue<DateOnly>(25));
            sheet.Date(r.IsDBNull(26) ? null : r.GetFieldValue<DateOnly>(26));
            sheet.Money(r.IsDBNull(27) ? null : r.GetInt64(27) / 100m);
            sheet.Text(LoanLabels.Library(r.GetString(28)) is var library && english ? library.En : library.Zh);
        }

        private static SheetPlan Plan(bool english)
        {
            string Header(LoanColumn field) => english ? LoanFields.Of(field).Label.En : LoanFields.Of(field).Header;
            return new SheetPlan(english ? "Loans" : "贷款项目库",
            [
                new(english ? "Bank" : "加盟银行", 22), new(Header(LoanColumn.ContractNo), 20), new(Header(LoanColumn.NoteNo), 22), new(Header(LoanColumn.BorrowerName), 34),
                new(Header(LoanColumn.BorrowerId), 22), new(Header(LoanColumn.BorrowerKind), 12), new(Header(LoanColumn.Industry), 10),
                new(Header(LoanColumn.LoanDate), 12, CellLook.Date), new(Header(LoanColumn.MaturityDate), 12, CellLook.Date), new(Header(LoanColumn.Currency), 8),
                new(Header(LoanColumn.Principal), 16, CellLook.Money), new(english ? "Principal, CNY" : "贷款金额（折人民币）", 18, CellLook.Money),
                new(Header(LoanColumn.AnnualRate), 10, CellLook.Rate), new(Header(LoanColumn.Product), 16), new(Header(LoanColumn.Purpose), 24),
                new(Header(LoanColumn.Security), 24), new(Header(LoanColumn.Features), 20), new(Header(LoanColumn.Qualifications), 24),
                new(Header(LoanColumn.TotalBalance), 18, CellLook.Money), new(Header(LoanColumn.CreditLine), 18, CellLook.Money), new(Header(LoanColumn.OtherCover), 14),
                new(Header(LoanColumn.Branch), 16), new(english ? "Registered on" : "入库日期", 12, CellLook.Date), new(english ? "Share" : "预计补偿比例", 12, CellLook.Rate),
                new(english ? "Class" : "五级分类", 10), new(english ? "Class date" : "认定日期", 12, CellLook.Date), new(english ? "NPL since" : "不良起始日", 12, CellLook.Date),
                new(english ? "Outstanding" : "本金余额", 16, CellLook.Money), new(english ? "Library" : "所在库", 14),
            ]);
        }
    }
}
