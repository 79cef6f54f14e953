using FluentValidation;
using FundPool.Application.Files;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Compensation;

/// <summary>A bank sends a file of claims (a.19(2)). It is kept and shown as it comes out; no claim is begun yet.</summary>
public static class UploadClaimFile
{
    [Requires(Permission.MakeClaims)]
    [UnderArticle("19(2)")]
    public sealed record Command(Stream Content, string FileName) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Content.Length).InclusiveBetween(1, ClaimFile.LargestFile).OverridePropertyName("file")
                .Saying("range", "请选择 10 MB 以内的文件", "Choose a file of up to 10 MB");
            RuleFor(command => command.FileName).NotEmpty().MaximumLength(200).When(command => command.Content.Length > 0).OverridePropertyName("file")
                .Saying("too_long", "文件名过长；请缩短到 200 个字以内", "The file's name is too long; keep it under 200 characters");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, IFileStore files, IVirusScanner scanner, RuleSource rules) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await scanner.WhyNotAsync(command.Content, cancellationToken) is { } harmful)
            {
                return harmful;
            }

            StoredFile file = await files.SaveAsync(actor.Pool(), actor.Bank(), command.Content, command.FileName, "application/octet-stream", actor.Acting.Person, cancellationToken);
            Outcome<ClaimFile.Reading> reading = await ClaimFile.ReadAsync(db, files, rules, actor.Pool(), actor.Bank(), file.Id, cancellationToken);
            if (!reading.Succeeded)
            {
                return reading.Problems.ToList();
            }

            await db.Database.ExecuteSqlAsync($"insert into compensation.claim_file (pool_id, bank_id, file_id, sent_by) values ({actor.Pool()}, {actor.Bank()}, {file.Id}, {actor.Person()})", cancellationToken);
            return file.Id;
        }
    }
}
