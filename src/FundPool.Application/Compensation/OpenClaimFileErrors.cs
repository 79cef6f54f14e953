using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Application.Spreadsheets;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.Compensation;

/// <summary>The refused rows of a file of claims as a workbook, to be mended and sent again.</summary>
public static class OpenClaimFileErrors
{
    [Requires(Permission.MakeClaims)]
    public sealed record Query(long File, bool English) : IRequest<Outcome<Answer>>;

    public sealed record Answer(Stream Content, string Name);

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            Outcome<ClaimFile.Reading> reading = await ClaimFile.ReadAsync(db, files, rules, actor.Pool(), actor.Bank(), query.File, cancellationToken);
            if (!reading.Succeeded || await files.OpenAsync(actor.Pool(), actor.Bank(), query.File, cancellationToken) is not { } content)
            {
                return default(NotFound);
            }

            await using (content)
            {
                FileStream workbook = TemporaryFile.Create();
                ErrorWorkbook.Write(content, reading.Value.Name, reading.Value.Errors.Select(error => new RowProblem(error.Row, error.Problem)), workbook, ClaimFile.Fields, query.English);
                workbook.Position = 0;
                return new Answer(workbook, Path.GetFileNameWithoutExtension(reading.Value.Name) + "-错误说明.xlsx");
            }
        }
    }
}
