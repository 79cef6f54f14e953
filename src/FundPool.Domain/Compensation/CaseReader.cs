using System.Text.Json;
using System.Text.Unicode;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Compensation;

/// <summary>Reads one case from a line of JSON (contract.md section 3). Every field is judged by itself and against those it depends on; of several faults the first in the contract's order of fields is reported.</summary>
public static class CaseReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>Reads a line.</summary>
    /// <param name="line">UTF-8, without the line's end.</param>
    /// <param name="id">The id as it stands in the line, quotes included, to be given back; empty where there is none.</param>
    /// <param name="found">The case.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> id, out Case? found, out Problem? problem)
    {
        id = default;
        found = null;
        problem = CaseFields.BadLine;
        if (!Utf8.IsValid(line))
        {
            return false;
        }

        CaseDraft draft = new();
        Utf8JsonReader reader = new(line, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                CaseField field = CaseFields.Find(CaseValues.Text(ref reader));
                reader.Read();
                if (field == CaseField.Unknown)
                {
                    reader.Skip();
                    continue;
                }

                int start = (int)reader.TokenStartIndex;
                draft.Take(field, ref reader);
                if (field == CaseField.Id)
                {
                    id = draft.IsSound(field) ? line[start..(int)reader.BytesConsumed] : default;
                }
            }

            reader.Read();
        }
        catch (JsonException)
        {
            id = default;
            return false;
        }

        (CaseField wrong, CaseFault fault) = draft.FirstFault();
        if (fault != CaseFault.None)
        {
            problem = CaseFields.Problem(wrong, fault);
            return false;
        }

        problem = null;
        found = draft.Case();
        return true;
    }

    /// <summary>Reads a day that other programs wrote: exactly yyyy-MM-dd, and one that exists.</summary>
    public static bool TryDay(ReadOnlySpan<byte> text, out DateOnly day)
    {
        day = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-' || !Digits(text[..4], out int year) || !Digits(text.Slice(5, 2), out int month) || !Digits(text.Slice(8, 2), out int date))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, date);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
