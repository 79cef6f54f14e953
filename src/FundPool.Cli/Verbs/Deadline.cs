using System.Text.Json;
using System.Text.Unicode;
using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;

namespace FundPool.Cli.Verbs;

/// <summary><c>deadline</c>: works out the deadlines of standard input, a line each (contract.md section 1). Needs no database.</summary>
internal static class Deadline
{
    private static readonly Problem BadLine = new("line", "bad_json", new Words("这一行不是一个JSON对象", "This line is no JSON object"));
    private static readonly Problem UnknownRule = new("rule", "unknown_code", new Words("没有这个期限代码", "There is no deadline with this code"));
    private static readonly Problem BadDate = new("event", "bad_date", new Words("event应为存在的日期，写成yyyy-MM-dd", "event is an existing day, yyyy-MM-dd"));

    public static async Task<int> RunAsync(Arguments arguments)
    {
        Deadlines deadlines = ReferenceData.Embedded.DeadlinesOf(Pools.Rulebooks(arguments).Home);
        arguments.End();
        JsonLines lines = new((line, text) =>
        {
            Problem? problem = Read(line, deadlines, out ReadOnlySpan<byte> id, out Domain.Calendar.Deadline due);
            if (problem is not null)
            {
                RulingJson.WriteProblem(id, problem, Language.Zh, text);
                return false;
            }

            text.Add("{\"id\":"u8).Add(id.Length == 0 ? "null"u8 : id).Add(",\"due\":\""u8).Add(due.Due);
            text.Add(due.Provisional ? "\",\"provisional\":true}\n"u8 : "\",\"provisional\":false}\n"u8);
            return true;
        });
        return await lines.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput()) ? 0 : 1;
    }

    private static Problem? Read(ReadOnlySpan<byte> line, Deadlines deadlines, out ReadOnlySpan<byte> id, out Domain.Calendar.Deadline due)
    {
        id = default;
        due = default;
        string? rule = null;
        DateOnly? happened = null;
        if (!Utf8.IsValid(line))
        {
            return BadLine;
        }

        Utf8JsonReader reader = new(line, new JsonReaderOptions { MaxDepth = 256 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return BadLine;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("id"u8);
                bool isRule = reader.ValueTextEquals("rule"u8);
                bool isEvent = reader.ValueTextEquals("event"u8);
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                string? text = (isRule || isEvent) && reader.TokenType == JsonTokenType.String ? Text(ref reader) : null;
                bool scalar = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
                reader.Skip();
                if (isId)
                {
                    id = scalar ? line[start..(int)reader.BytesConsumed] : default;
                }
                else if (isRule)
                {
                    rule = text;
                }
                else if (isEvent)
                {
                    happened = text is not null && CaseReader.TryDay(System.Text.Encoding.UTF8.GetBytes(text), out DateOnly day) ? day : null;
                }
            }

            reader.Read();
        }
        catch (JsonException)
        {
            id = default;
            return BadLine;
        }

        // The reports' deadlines belong to the portal's calendar of duties, not to this verb.
        if (rule is null or "half_year_report" or "evaluation" || deadlines.Rule(rule) is null)
        {
            return UnknownRule;
        }

        if (happened is not { } known)
        {
            return BadDate;
        }

        due = deadlines.Due(rule, known);
        return due.Due == DateOnly.MaxValue ? BadDate : null;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // Half a surrogate pair is neither a code nor a day.
        }
    }
}
