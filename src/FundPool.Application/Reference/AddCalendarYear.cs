using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Reference;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reference;

/// <summary>
/// An administrator enters a year's official notice of holidays and make-up days. From then on every deadline that reaches into the
/// year is definite: deadlines are reckoned when asked for, on the calendar as it stands.
/// </summary>
public static class AddCalendarYear
{
    /// <param name="Rows">Lines of <c>date,kind,name</c>; a header line is passed over.</param>
    [Requires(Permission.ManageReferenceData)]
    public sealed record Command(int? Year, string? Source, string? Rows) : IRequest<Outcome<int>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Year).NotNull().InclusiveBetween(2000, 2100).OverridePropertyName("year")
                .Saying("range", "请填写 2000 至 2100 之间的年份", "Enter a year from 2000 to 2100");
            RuleFor(command => command.Source).Must(IsAddress).OverridePropertyName("source")
                .Saying("format", "请填写通知的网址，以 http:// 或 https:// 开头", "Enter the address of the notice, beginning with http:// or https://");
            RuleFor(command => command.Rows).NotEmpty().OverridePropertyName("rows")
                .Saying("required", "请粘贴或上传放假和调休的日期", "Paste or upload the days");
        }

        internal static bool IsAddress(string? text) =>
            text is { Length: <= 500 } && Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
    }

    internal sealed class Handler(FundPoolDb db) : IRequestHandler<Command, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Command command, CancellationToken cancellationToken)
        {
            int year = command.Year!.Value;
            if (await db.CalendarYears.AnyAsync(y => y.Year == year, cancellationToken))
            {
                return new Problem("year", "exists", new Words($"{year} 年已录入；要更正请先移除该年再录入", $"{year} is loaded; to correct it remove the year first"));
            }

            (List<CalendarDay> days, List<Problem> problems) = CalendarRows.Read(year, command.Rows!, command.Source!.Trim());
            DateOnly[] dates = [.. days.Select(d => d.Date)];
            List<DateOnly> taken = await db.CalendarDays.Where(d => dates.Contains(d.Date)).Select(d => d.Date).ToListAsync(cancellationToken);
            problems.AddRange(taken.Order().Take(10).Select(date => new Problem("rows", "exists", new Words(
                $"{date:yyyy-MM-dd} 已由另一年的通知录入；请核对", $"{date:yyyy-MM-dd} came with another year's notice already; check it"))));
            if (problems.Count > 0)
            {
                return problems;
            }

            db.CalendarYears.Add(new CalendarYear { Year = year, Source = command.Source!.Trim() });
            await db.SaveChangesAsync(cancellationToken);
            db.CalendarDays.AddRange(days);
            await db.SaveChangesAsync(cancellationToken);
            return days.Count;
        }
    }
}
