using FsCheck.Fluent;
using FundPool.Domain.Calendar;
using FundPool.Domain.Tests.Policy;
using Xunit;

namespace FundPool.Domain.Tests.Properties;

public sealed class CalendarProperties
{
    private static readonly Deadlines Deadlines = Cases.Facts.DeadlinesOf(Cases.Shenzhen.Home);
    private static readonly WorkingCalendar Calendar = Cases.Facts.Calendar;
    private static readonly DeadlineRule[] Moving = [.. Cases.Shenzhen.Home.Deadlines.Where(rule => rule.Moves)];

    private static readonly FsCheck.Gen<(DeadlineRule Rule, DateOnly Day)> Draws =
        from rule in Gen.Elements(Moving)
        from day in Draw.Days
        select (rule, day);

    [Fact]
    public void Deadline_ThatMoves_NeverFallsOnANonWorkingDay() =>
        Draw.ForAll(Draws, draw => Calendar.IsWorkingDay(Deadlines.Due(draw.Rule.Code, draw.Day).Due));

    [Fact]
    public void Deadline_OfALaterEvent_IsNeverEarlier() =>
        Draw.ForAll(
            from draw in Draws
            from later in Gen.Choose(0, 400)
            select (draw.Rule.Code, draw.Day, later),
            draw => Deadlines.Due(draw.Code, draw.Day).Due <= Deadlines.Due(draw.Code, draw.Day.AddDays(draw.later)).Due);

    [Fact]
    public void Deadline_OfAnyRule_IsAfterTheEventOrTheNoticeItself() =>
        Draw.ForAll(Draws, draw => Deadlines.Due(draw.Rule.Code, draw.Day).Due > draw.Day);

    [Fact]
    public void Deadline_InWorkingDays_HasThatManyOfThem() =>
        Draw.ForAll(Draws, draw =>
        {
            DateOnly first = draw.Rule.CountsEventDay ? draw.Day : draw.Day.AddDays(1);
            return draw.Rule.Counting != Counting.WorkingDays
                || Calendar.WorkingDays(first, Deadlines.Due(draw.Rule.Code, draw.Day).Due) == draw.Rule.Length;
        });

    [Fact]
    public void Deadline_NotProvisional_EndsInALoadedYear() =>
        Draw.ForAll(Draws, draw => Deadlines.Due(draw.Rule.Code, draw.Day) is { Provisional: true } || Calendar.IsLoaded(Deadlines.Due(draw.Rule.Code, draw.Day).Due));

    [Fact]
    public void Deadline_AskedTwice_IsTheSame() =>
        Draw.ForAll(Draws, draw =>
            Deadlines.Due(draw.Rule.Code, draw.Day) == new Deadlines(Calendar, [draw.Rule]).Due(draw.Rule.Code, draw.Day));

    [Fact]
    public void Quarter_OfALoan_ClosesInTheNextQuarterForAllItsDays() =>
        Draw.ForAll(Draw.Days, day =>
        {
            DateOnly first = new(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1);
            DateOnly due = Deadlines.Due("register", day).Due;
            return due == Deadlines.Due("register", first).Due && due >= first.AddMonths(3) && due < first.AddMonths(6);
        });
}
