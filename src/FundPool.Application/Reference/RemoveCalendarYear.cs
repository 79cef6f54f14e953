using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reference;

/// <summary>Takes out a year that was entered wrongly, with its days; deadlines that reach into it are provisional again.</summary>
public static class RemoveCalendarYear
{
    [Requires(Permission.ManageReferenceData)]
    public sealed record Command(int Year, string? Reason) : IRequest<Outcome<Done>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason")
            .Saying("required", "请写明移除的理由，500 字以内", "Say why the year is removed, in at most 500 characters");
    }

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            await db.CalendarDays.Where(d => d.NoticeYear == command.Year).ExecuteDeleteAsync(cancellationToken);
            int years = await db.CalendarYears.Where(y => y.Year == command.Year).ExecuteDeleteAsync(cancellationToken);
            return years == 0 ? default(NotFound) : default(Done);
        }
    }
}
