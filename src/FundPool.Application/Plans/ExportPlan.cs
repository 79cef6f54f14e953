using System.Globalization;
using FundPool.Application.Files;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Application.Spreadsheets;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Plans;

/// <summary>The table of a plan as .xlsx: for a bank its own items. Written down.</summary>
public static class ExportPlan
{
    [Requires(Permission.ReadPayments)]
    public sealed record Command(long Plan) : IRequest<Outcome<Answer>>;

    public sealed record Answer(FileStream Content, string Name);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, FrozenPapers papers) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            Outcome<ShowPlan.Answer> shown = await new ShowPlan.Handler(db, actor, rules, papers).Handle(new ShowPlan.Query(command.Plan), cancellationToken);
            if (!shown.Succeeded)
            {
                return default(NotFound);
            }

            ShowPlan.Item[] items = [.. shown.Value.Items.Where(item => item.LeftAt is null)];
            FileStream file = TemporaryFile.Create();
            using (XlsxWriter workbook = new(file))
            {
                XlsxSheet sheet = workbook.AddSheet(new SheetPlan("资助计划表",
                [
                    new("序号", 8, CellLook.Whole), new("申请编号", 22), new("加盟银行", 26), new("借款人", 34), new("不良贷款本金（元）", 20, CellLook.Money),
                    new("补偿比例", 12, CellLook.Rate), new("资助金额（元）", 20, CellLook.Money),
                ]));
                foreach (ShowPlan.Item item in items)
                {
                    sheet.NextRow();
                    sheet.Whole(item.N);
                    sheet.Text(item.Line.Claim.Number);
                    sheet.Text(item.Line.BankName);
                    sheet.Text(item.Line.Borrower);
                    sheet.Money((item.Line.Claim.BasisFen ?? 0) / 100m);
                    sheet.Rate((item.Line.Claim.ShareBp ?? 0) / 10_000m);
                    sheet.Money(item.AmountFen / 100m);
                }

                sheet.NextRow();
                sheet.Skip(2);
                sheet.Text("合计");
                sheet.Skip(3);
                sheet.Money(items.Sum(item => item.AmountFen) / 100m);
                workbook.Complete();
            }

            await db.NoteAsync(nameof(ExportPlan), "compensation.plan", string.Create(CultureInfo.InvariantCulture, $"{actor.Pool()}/{command.Plan}"), $"{items.Length} items", cancellationToken);
            file.Position = 0;
            return new Answer(file, $"{shown.Value.Plan.Number ?? shown.Value.Plan.Title}.xlsx");
        }
    }
}
