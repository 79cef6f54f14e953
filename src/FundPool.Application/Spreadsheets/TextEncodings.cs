using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace FundPool.Application.Spreadsheets;

/// <summary>
/// Tells UTF-8 from GB18030 by reading the whole file once: the first Chinese character may stand in row 50,000,
/// and a guess from the beginning would turn every name after it into other characters.
/// </summary>
internal static class TextEncodings
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    // Control characters that no text has; a GB18030 character never contains such a byte.
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        1, 2, 3, 4, 5, 6, 7, 8, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F, 0x7F);

    static TextEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    internal static Encoding Gb18030 => Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>Refuses what is no text at all; leaves the stream at its beginning.</summary>
    internal static Encoding Detect(Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            bool utf8 = true;
            bool marked = false;
            int kept = 0;
            bool first = true;
            stream.Position = 0;
            while (true)
            {
                int read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
                Span<byte> bytes = buffer.AsSpan(0, kept + read);
                bool last = kept + read < buffer.Length;
                if (first)
                {
                    marked = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]);
                    RefuseOtherFormats(bytes);
                    first = false;
                }

                if (bytes.ContainsAny(Controls))
                {
                    throw SpreadsheetRefused.NotASpreadsheet();
                }

                if (bytes.Contains((byte)0))
                {
                    throw SpreadsheetRefused.NulBytes();
                }

                int whole = last ? bytes.Length : WholeCharacters(bytes);
                utf8 = utf8 && Utf8.IsValid(bytes[..whole]);
                if (last)
                {
                    break;
                }

                bytes[whole..].CopyTo(buffer);
                kept = bytes.Length - whole;
            }

            stream.Position = 0;
            if (marked && !utf8)
            {
                throw SpreadsheetRefused.UnknownEncoding();
            }

            return utf8 ? StrictUtf8 : Gb18030;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void RefuseOtherFormats(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw SpreadsheetRefused.Utf16();
        }

        ReadOnlySpan<byte> text = bytes.TrimStart((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\r', (byte)'\n', (byte)'\t']);
        if (text is [(byte)'<', ..])
        {
            throw SpreadsheetRefused.WebPage();
        }

        if (text.StartsWith("%PDF"u8) || text.StartsWith("{\\rtf"u8) || text.StartsWith("MIME-Version"u8))
        {
            throw SpreadsheetRefused.NotASpreadsheet();
        }
    }

    /// <summary>Where the last character begins that may go on in the next block.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        int back = 1;
        while (back < 4 && (bytes[^back] & 0xC0) == 0x80)
        {
            back++;
        }

        return (bytes[^back] & 0xC0) == 0xC0 ? bytes.Length - back : bytes.Length;
    }
}
