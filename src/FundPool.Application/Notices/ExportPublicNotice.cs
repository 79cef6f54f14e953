using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Spreadsheets;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Notices;

/// <summary>The table of a notice as .xlsx, for anybody; the same notice always gives the same bytes.</summary>
public static class ExportPublicNotice
{
    [Requires(Permission.Public)]
    public sealed record Query(string Pool, long Notice) : IRequest<Outcome<Answer>>, IPublicPage;

    public sealed record Answer(FileStream Content, string Name);

    internal sealed class Handler(FundPoolDb db, FrozenPapers papers) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            Outcome<ShowPublicNotice.Answer> shown = await new ShowPublicNotice.Handler(db, papers).Handle(new ShowPublicNotice.Query(query.Pool, query.Notice), cancellationToken);
            if (!shown.Succeeded)
            {
                return default(NotFound);
            }

            NoticeContent content = shown.Value.Content;
            FileStream file = TemporaryFile.Create();
            using (XlsxWriter workbook = new(file))
            {
                XlsxSheet sheet = workbook.AddSheet(new SheetPlan("公示项目",
                [
                    new("序号", 8, CellLook.Whole), new("加盟银行", 26), new("借款人", 34), new("不良贷款本金（元）", 20, CellLook.Money),
                    new("补偿比例", 12, CellLook.Rate), new("拟补偿金额（元）", 20, CellLook.Money),
                ]));
                foreach (NoticeItem item in content.Items)
                {
                    sheet.NextRow();
                    sheet.Whole(item.N);
                    sheet.Text(item.Bank);
                    sheet.Text(item.Borrower);
                    sheet.Money(item.PrincipalFen / 100m);
                    sheet.Rate(item.ShareBp / 10_000m);
                    sheet.Money(item.AmountFen / 100m);
                }

                sheet.NextRow();
                sheet.Skip();
                sheet.Text("合计");
                sheet.Skip();
                sheet.Money(content.Items.Sum(item => item.PrincipalFen) / 100m);
                sheet.Skip();
                sheet.Money(content.TotalFen / 100m);
                workbook.Complete();
            }

            file.Position = 0;
            return new Answer(file, $"{content.Number}.xlsx");
        }
    }
}
