using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Reference;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reference;

/// <summary>An administrator has compared figures with the official publication and says where it stands.</summary>
public static class ConfirmPrimeRate
{
    [Requires(Permission.ManageReferenceData)]
    public sealed record Command(IReadOnlyList<DateOnly> PublishedOn, string? Source) : IRequest<Outcome<int>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.PublishedOn).NotEmpty().OverridePropertyName("publishedOn")
                .Saying("required", "请勾选已核对的报价", "Tick the publications that were compared");
            RuleFor(command => command.Source).Must(AddCalendarYear.Validator.IsAddress).OverridePropertyName("source")
                .Saying("format", "请填写核对所用公告的网址，以 http:// 或 https:// 开头", "Enter the address of the publication it was compared with, beginning with http:// or https://");
        }
    }

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Command, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Command command, CancellationToken cancellationToken)
        {
            List<LoanPrimeRate> rates = await db.LoanPrimeRates.Where(r => command.PublishedOn.Contains(r.PublishedOn)).ToListAsync(cancellationToken);
            foreach (LoanPrimeRate rate in rates)
            {
                (rate.Source, rate.Note) = (command.Source!.Trim(), "");
            }

            await db.SaveChangesAsync(cancellationToken);
            return rates.Count;
        }
    }
}
