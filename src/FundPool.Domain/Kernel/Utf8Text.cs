using System.Text;
using System.Text.Encodings.Web;

namespace FundPool.Domain.Kernel;

/// <summary>A growing UTF-8 text. Sentences are written into it without a string in between, so that a hundred thousand rulings cost no garbage.</summary>
public sealed class Utf8Text
{
    private byte[] buffer = new byte[1024];

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written.</summary>
    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, Length);

    /// <summary>What is written.</summary>
    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, Length);

    /// <summary>Empties it and keeps its room.</summary>
    public void Clear() => Length = 0;

    /// <summary>Adds bytes as they are.</summary>
    public Utf8Text Add(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        Length += utf8.Length;
        return this;
    }

    /// <summary>Adds a text as it is.</summary>
    public Utf8Text Add(ReadOnlySpan<char> text)
    {
        Span<byte> room = Room(text.Length * 3);
        Length += Encoding.UTF8.GetBytes(text, room);
        return this;
    }

    /// <summary>Adds a text escaped for the inside of a JSON string; Chinese stays readable.</summary>
    public Utf8Text AddEscaped(string text) => Add(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text).AsSpan());

    /// <summary>Adds a day, yyyy-MM-dd.</summary>
    public Utf8Text Add(DateOnly day)
    {
        (int year, int month, int date) = day;
        Span<byte> room = Room(10);
        Digits(room[..4], year);
        room[4] = (byte)'-';
        Digits(room.Slice(5, 2), month);
        room[7] = (byte)'-';
        Digits(room.Slice(8, 2), date);
        Length += 10;
        return this;
    }

    /// <summary>Adds a sum, plain with two decimals.</summary>
    public Utf8Text Add(Money money)
    {
        long fen = money.Fen;
        if (fen < 0)
        {
            return Add(money.ToString().AsSpan());
        }

        Integer(fen / 100);
        Span<byte> room = Room(3);
        room[0] = (byte)'.';
        Digits(room.Slice(1, 2), (int)(fen % 100));
        Length += 3;
        return this;
    }

    /// <summary>Adds a share as a fraction, <c>0.50</c>.</summary>
    public Utf8Text Add(Share share)
    {
        if (share.BasisPoints % 100 != 0 || share.BasisPoints is < 0 or >= 10_000)
        {
            return Add(share.ToString().AsSpan());
        }

        Span<byte> room = Room(4);
        room[0] = (byte)'0';
        room[1] = (byte)'.';
        Digits(room.Slice(2, 2), share.BasisPoints / 100);
        Length += 4;
        return this;
    }

    /// <summary>Adds a rate in per cent, <c>3.65%</c>.</summary>
    public Utf8Text AddPercent(Rate rate)
    {
        if (rate.Units < 0 || rate.Units % 10_000 != 0)
        {
            return Add(rate.ToPercent().AsSpan());
        }

        long hundredths = rate.Units / 10_000;
        Integer(hundredths / 100);
        Span<byte> room = Room(4);
        room[0] = (byte)'.';
        Digits(room.Slice(1, 2), (int)(hundredths % 100));
        room[3] = (byte)'%';
        Length += 4;
        return this;
    }

    /// <summary>Adds a share in per cent without decimals where it has none, <c>40%</c>.</summary>
    public Utf8Text AddPercent(Share share)
    {
        if (share.BasisPoints % 100 != 0)
        {
            return AddPercent(new Rate(share.BasisPoints * 10_000L));
        }

        Integer(share.BasisPoints / 100);
        Room(1)[0] = (byte)'%';
        Length++;
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Span);

    private void Integer(long value)
    {
        value.TryFormat(Room(20), out int written, default, System.Globalization.CultureInfo.InvariantCulture);
        Length += written;
    }

    private static void Digits(Span<byte> room, int value)
    {
        for (int i = room.Length - 1; i >= 0; i--)
        {
            room[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }

    private Span<byte> Room(int bytes)
    {
        if (buffer.Length - Length < bytes)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + bytes));
        }

        return buffer.AsSpan(Length);
    }
}
