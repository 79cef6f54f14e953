using System.Globalization;
using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Spreadsheets;
using FundPool.Data;
using FundPool.Domain.Kernel;
using FundPool.Domain.Ledger;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Ledger;

/// <summary>Takes out the entries that the ledger's page shows, all of them, one line a posting, as .xlsx. Written down.</summary>
public static class ExportLedger
{
    [Requires(Permission.ReadLedger)]
    public sealed record Command(LedgerFilter Filter, bool English) : IRequest<FileStream>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, FileStream>
    {
        public async Task<FileStream> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            bool english = command.English;
            var rows = await (from e in command.Filter.Of(db, pool).AsNoTracking()
                              join p in db.LedgerPostings on new { e.PoolId, EntryId = e.Id } equals new { p.PoolId, p.EntryId }
                              orderby e.Id, p.N
                              select new
                              {
                                  Entry = e,
                                  Posting = p,
                                  Claim = db.Claims.Where(c => c.PoolId == pool && c.BankId == p.OfBank && c.Id == p.ClaimId).Select(c => c.Number).FirstOrDefault(),
                                  Bank = db.Organisations.Where(o => o.PoolId == pool && o.Id == p.OfBank).Select(o => o.Name).FirstOrDefault(),
                              }).ToListAsync(cancellationToken);
            FileStream file = TemporaryFile.Create();
            try
            {
                using (XlsxWriter workbook = new(file))
                {
                    XlsxSheet sheet = workbook.AddSheet(Plan(english));
                    foreach (var row in rows)
                    {
                        sheet.NextRow();
                        sheet.Text(row.Entry.Id.ToString(CultureInfo.InvariantCulture));
                        sheet.Date(row.Entry.BookedOn);
                        sheet.Text(Named(LedgerNames.Entries.TryCode(row.Entry.Kind, out EntryKind kind) ? LedgerNames.Entries.Label(kind) : null, english));
                        sheet.Text(Named(LedgerNames.Accounts.Label(LedgerBook.AccountOf(row.Posting.Account)), english));
                        sheet.Money(row.Posting.Fen / 100m);
                        sheet.Text(row.Bank);
                        sheet.Text(row.Claim);
                        sheet.Text(row.Entry.Memo);
                        sheet.Text(row.Entry.Document);
                        sheet.Text(row.Entry.MadeByName);
                        sheet.Text(row.Entry.ApprovedByName);
                        sheet.Text(row.Entry.ReversesId?.ToString(CultureInfo.InvariantCulture));
                    }

                    workbook.Complete();
                }

                await db.NoteAsync(nameof(ExportLedger), "ledger.entry", "list", string.Create(CultureInfo.InvariantCulture, $"{command.Filter}; {rows.Count} rows"), cancellationToken);
                file.Position = 0;
                return file;
            }
            catch
            {
                await file.DisposeAsync();
                throw;
            }
        }

        private static string? Named(Words? words, bool english) => english ? words?.En : words?.Zh;

        private static SheetPlan Plan(bool english) => new(english ? "Ledger" : "资金账",
        [
            new(english ? "Entry" : "分录号", 10), new(english ? "Day" : "记账日期", 12, CellLook.Date), new(english ? "Kind" : "种类", 14), new(english ? "Account" : "科目", 20),
            new(english ? "Sum" : "金额", 18, CellLook.Money), new(english ? "Bank" : "加盟银行", 24), new(english ? "Claim" : "申请编号", 20), new(english ? "Memo" : "摘要", 34),
            new(english ? "Paper" : "凭证号", 24), new(english ? "Entered by" : "录入", 12), new(english ? "Approved by" : "审核", 12), new(english ? "Reverses" : "冲销分录", 10),
        ]);
    }
}
