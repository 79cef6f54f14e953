using System.Globalization;
using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Spreadsheets;
using FundPool.Data;
using FundPool.Data.Audit;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.AuditTrail;

/// <summary>Takes out what the record's list shows, all pages of it, as .xlsx, with the chain's positions and digests. Written down itself.</summary>
public static class ExportAudit
{
    public const int Most = 200_000;

    /// <param name="Columns">The headers, in the reader's language.</param>
    /// <param name="ActionName">What an action is called in that language.</param>
    /// <param name="EntityName">What a kind of thing is called.</param>
    [Requires(Permission.ReadAudit)]
    public sealed record Command(AuditFilter Filter, IReadOnlyList<string> Columns, string SheetName, Func<string, string> ActionName, Func<string, string> EntityName)
        : IRequest<FileStream>;

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, FileStream>
    {
        private static readonly double[] Widths = [20, 24, 14, 22, 18, 22, 40, 40, 24, 12, 8, 12, 66];

        public async Task<FileStream> Handle(Command command, CancellationToken cancellationToken)
        {
            Dictionary<int, string> names = await db.Organisations.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
            FileStream file = TemporaryFile.Create();
            try
            {
                int rows = 0;
                using (XlsxWriter workbook = new(file))
                {
                    XlsxSheet sheet = workbook.AddSheet(new SheetPlan(command.SheetName, [.. command.Columns.Zip(Widths, (header, width) => new SheetColumn(header, width))]));
                    await foreach (AuditEvent e in AuditQuery.Ordered(AuditQuery.Readable(db, actor, command.Filter), command.Filter, after: null)
                        .AsNoTracking().Take(Most).AsAsyncEnumerable().WithCancellation(cancellationToken))
                    {
                        Write(sheet, AuditRow.Of(e, names, actor), command);
                        rows++;
                    }

                    workbook.Complete();
                }

                await db.NoteAsync(nameof(ExportAudit), "audit.event", "list", $"{rows.ToString(CultureInfo.InvariantCulture)} rows", cancellationToken);
                file.Position = 0;
                return file;
            }
            catch
            {
                await file.DisposeAsync();
                throw;
            }
        }

        // A cell holds so much; the record itself keeps all of it.
        private static string? Fitting(string? text) => text is null ? null : Beginning.Shown(text, 32_000);

        private static void Write(XlsxSheet sheet, AuditRow row, Command command)
        {
            AuditEvent e = row.Event;
            sheet.NextRow();
            sheet.Text(new DateTimeOffset(e.At, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            sheet.Text(row.Organisation);
            sheet.Text(e.PersonName);
            sheet.Text(command.ActionName(e.Action));
            sheet.Text(command.EntityName(e.Entity));
            sheet.Text(e.EntityId);
            sheet.Text(Fitting(e.Before));
            sheet.Text(Fitting(e.After));
            sheet.Text(e.Reason);
            sheet.Text(e.Article);
            sheet.Text(e.Chain.ToString(CultureInfo.InvariantCulture));
            sheet.Text(e.Seq.ToString(CultureInfo.InvariantCulture));
            sheet.Text(Convert.ToHexStringLower(e.Hash));
        }
    }
}
