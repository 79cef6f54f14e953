using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Reference;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reference;

/// <summary>An administrator enters a publication of the loan prime rate; loans dated from that day on are ruled by it.</summary>
public static class AddPrimeRate
{
    /// <param name="OneYear">In per cent, as published: 3.00.</param>
    [Requires(Permission.ManageReferenceData)]
    public sealed record Command(DateOnly? PublishedOn, decimal? OneYear, decimal? FiveYear, string? Source) : IRequest<Outcome<Done>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.PublishedOn).NotNull().OverridePropertyName("publishedOn")
                .Saying("required", "请填写公布日期", "Enter the day of publication");
            RuleFor(command => command.OneYear).Must(IsRate).OverridePropertyName("oneYear")
                .Saying("range", "请填写 0 至 20 之间的百分数，最多两位小数，例如 3.00", "Enter a percentage above 0 and up to 20 with at most two decimals, such as 3.00");
            RuleFor(command => command.FiveYear).Must(IsRate).OverridePropertyName("fiveYear")
                .Saying("range", "请填写 0 至 20 之间的百分数，最多两位小数，例如 3.50", "Enter a percentage above 0 and up to 20 with at most two decimals, such as 3.50");
            RuleFor(command => command.Source).Must(AddCalendarYear.Validator.IsAddress).OverridePropertyName("source")
                .Saying("format", "请填写公告的网址，以 http:// 或 https:// 开头", "Enter the address of the publication, beginning with http:// or https://");
        }

        private static bool IsRate(decimal? percent) => percent is > 0 and <= 20 && percent * 100 == decimal.Truncate(percent.Value * 100);
    }

    internal sealed class Handler(FundPoolDb db, RuleSource rules) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            DateOnly day = command.PublishedOn!.Value;
            if (day > rules.Today)
            {
                return new Problem("publishedOn", "range", new Words("公布日期不能晚于今天", "The day of publication can't lie in the future"));
            }

            DateOnly month = new(day.Year, day.Month, 1), next = month.AddMonths(1);
            if (await db.LoanPrimeRates.AnyAsync(r => r.PublishedOn >= month && r.PublishedOn < next, cancellationToken))
            {
                return new Problem("publishedOn", "exists", new Words($"{day:yyyy年M月}的报价已录入；要更正请先移除", $"The publication of {day:yyyy-MM} is entered; to correct it remove it first"));
            }

            db.LoanPrimeRates.Add(new LoanPrimeRate
            {
                PublishedOn = day, OneYear = command.OneYear!.Value / 100m, FiveYear = command.FiveYear!.Value / 100m, Source = command.Source!.Trim(), Note = "",
            });
            await db.SaveChangesAsync(cancellationToken);
            return default(Done);
        }
    }
}
