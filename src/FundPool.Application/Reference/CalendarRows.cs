using System.Globalization;
using FundPool.Data.Reference;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Reference;

/// <summary>Reads a year's days as an administrator pastes them: <c>2027-01-01,holiday,元旦</c>, a line a day; comma, Chinese comma or tab.</summary>
internal static class CalendarRows
{
    // So many lines a year's notice never has; more is another file.
    private const int Most = 120;

    private static readonly char[] Commas = [',', '，', '\t'];
    private static readonly string[] DayForms = ["yyyy-MM-dd", "yyyy/M/d", "yyyyMMdd", "yyyy年M月d日"];

    public static (List<CalendarDay> Days, List<Problem> Problems) Read(int year, string text, string source)
    {
        List<CalendarDay> days = [];
        List<Problem> problems = [];
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length && problems.Count < 20; i++)
        {
            string line = lines[i].Trim().TrimStart('\uFEFF');
            if (line.Length == 0 || (i == 0 && (line.StartsWith("date", StringComparison.OrdinalIgnoreCase) || line.StartsWith("日期", StringComparison.Ordinal))))
            {
                continue;
            }

            if (ReadLine(year, line, source) is (CalendarDay day, null))
            {
                if (days.Exists(known => known.Date == day.Date))
                {
                    problems.Add(At(i, "duplicate", $"{day.Date:yyyy-MM-dd} 重复", $"{day.Date:yyyy-MM-dd} stands twice"));
                    continue;
                }

                days.Add(day);
            }
            else if (ReadLine(year, line, source).Fault is { } fault)
            {
                problems.Add(At(i, "format", fault.Zh, fault.En));
            }
        }

        if (problems.Count == 0 && !days.Exists(day => day.Kind == "holiday" && day.Date.Year == year))
        {
            problems.Add(new Problem("rows", "required", new Words($"没有 {year} 年的放假日；请核对年份和内容", $"There is no holiday in {year}; check the year and the rows")));
        }

        if (days.Count > Most)
        {
            problems.Add(new Problem("rows", "range", new Words($"一年的通知不会超过 {Most} 天；请核对内容", $"A year's notice has at most {Most} days; check the rows")));
        }

        return (days, problems);
    }

    private static (CalendarDay? Day, Words? Fault) ReadLine(int year, string line, string source)
    {
        string[] cells = [.. line.Split(Commas).Select(cell => cell.Trim().Trim('"'))];
        if (cells.Length < 3 || cells[2].Length == 0)
        {
            return (null, new Words($"“{line}”应为三列：日期,类型,名称", $"“{line}” should have three columns: date,kind,name"));
        }

        if (!DateOnly.TryParseExact(cells[0], DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            return (null, new Words($"“{cells[0]}”不是日期；请写成 2027-01-01", $"“{cells[0]}” is no date; write 2027-01-01"));
        }

        bool? works = cells[1].ToLowerInvariant() switch
        {
            "holiday" or "放假" or "休" or "休息" => false,
            "workday" or "上班" or "班" or "调休" or "补班" => true,
            _ => null,
        };
        if (works is not { } workday)
        {
            return (null, new Words($"“{cells[1]}”应为 holiday（放假）或 workday（上班）", $"“{cells[1]}” should be holiday or workday"));
        }

        // A notice lists the days of its year, and those of the December before that belong to New Year.
        if (date.Year != year && !(date.Year == year - 1 && date.Month == 12))
        {
            return (null, new Words($"{date:yyyy-MM-dd} 不在 {year} 年（或上年 12 月）", $"{date:yyyy-MM-dd} is not in {year} or the December before"));
        }

        if (workday && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        {
            return (null, new Words($"{date:yyyy-MM-dd} 不是周末，不需要列为上班日", $"{date:yyyy-MM-dd} is no weekend day and needs no workday row"));
        }

        return cells[2].Length > 40
            ? (null, new Words($"名称“{cells[2]}”过长；请在 40 字以内", $"The name “{cells[2]}” is too long; at most 40 characters"))
            : (new CalendarDay { Date = date, Kind = workday ? "workday" : "holiday", Name = cells[2], NoticeYear = year, Source = source }, null);
    }

    private static Problem At(int line, string code, string zh, string en) => new("rows", code, new Words($"第 {line + 1} 行：{zh}", $"Line {line + 1}: {en}"));
}
