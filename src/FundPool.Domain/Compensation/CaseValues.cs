using System.Text.Json;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

namespace FundPool.Domain.Compensation;

/// <summary>Reads the value of one field of a case, whatever its JSON type turns out to be, and says what is wrong with it.</summary>
internal static class CaseValues
{
    [ThreadStatic]
    private static byte[]? scratch;

    public delegate void Join<T>(ref T all, T one);

    // A text as it is meant: escapes resolved. One too long for any field stays as it stands and matches nothing.
    public static ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        byte[] room = scratch ??= new byte[128];
        if (!reader.ValueIsEscaped || reader.ValueSpan.Length > room.Length)
        {
            return reader.ValueSpan;
        }

        try
        {
            return room.AsSpan(0, reader.CopyString(room));
        }
        catch (InvalidOperationException)
        {
            return reader.ValueSpan; // Half a surrogate pair: no field's value has one.
        }
    }

    public static CaseFault Id(ref Utf8JsonReader reader)
    {
        CaseFault fault = reader.TokenType switch
        {
            JsonTokenType.String or JsonTokenType.Number => CaseFault.None,
            JsonTokenType.Null => CaseFault.Required,
            _ => CaseFault.BadValue,
        };
        reader.Skip();
        return fault;
    }

    public static CaseFault Day(ref Utf8JsonReader reader, out DateOnly day)
    {
        day = default;
        return reader.TokenType == JsonTokenType.Null ? CaseFault.Required
            : IsText(ref reader) && CaseReader.TryDay(Text(ref reader), out day) ? CaseFault.None
            : CaseFault.BadDate;
    }

    public static CaseFault Code<T>(ref Utf8JsonReader reader, CodeList<T> list, out T value)
        where T : struct, Enum
    {
        value = default;
        return reader.TokenType == JsonTokenType.Null ? CaseFault.Required
            : IsText(ref reader) && list.TryCode(Text(ref reader), out value) ? CaseFault.None
            : CaseFault.UnknownCode;
    }

    public static CaseFault Amount(ref Utf8JsonReader reader, out Money amount)
    {
        amount = default;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return CaseFault.Required;
        }

        if (!IsText(ref reader) || !PlainDecimal.TryParse(Text(ref reader), 2, out long fen, out bool tooBig))
        {
            return CaseFault.BadNumber;
        }

        amount = new Money(fen);
        return fen == 0 || tooBig ? CaseFault.OutOfRange : CaseFault.None;
    }

    public static CaseFault OptionalAmount(ref Utf8JsonReader reader, out Money? amount)
    {
        CaseFault fault = Amount(ref reader, out Money given);
        amount = fault == CaseFault.None ? given : null;
        return fault == CaseFault.Required ? CaseFault.None : fault;
    }

    public static CaseFault Flag(ref Utf8JsonReader reader, out bool flag)
    {
        flag = reader.TokenType == JsonTokenType.True;
        bool sound = reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null;
        reader.Skip();
        return sound ? CaseFault.None : CaseFault.BadValue;
    }

    public static CaseFault Codes<T>(ref Utf8JsonReader reader, CodeList<T> list, ref T all, Join<T> join)
        where T : struct, Enum
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return CaseFault.Required;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return CaseFault.BadValue;
        }

        CaseFault fault = CaseFault.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (IsText(ref reader) && list.TryCode(Text(ref reader), out T one))
            {
                join(ref all, one);
            }
            else
            {
                fault = CaseFault.UnknownCode;
            }
        }

        return fault;
    }

    // Whatever is no text is passed over whole, so that the next name is found.
    public static bool IsText(ref Utf8JsonReader reader)
    {
        bool text = reader.TokenType == JsonTokenType.String;
        if (!text)
        {
            reader.Skip();
        }

        return text;
    }
}
