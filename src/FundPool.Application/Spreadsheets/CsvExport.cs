using System.Buffers;
using System.Text;

namespace FundPool.Application.Spreadsheets;

/// <summary>A .csv that opens well in Excel and WPS: UTF-8 with its mark, CRLF, quoted where needed, no formulas.</summary>
public sealed class CsvExport(Stream output) : IDisposable
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n\t");

    private readonly StreamWriter _writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);

    public void Row(params ReadOnlySpan<string?> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (i > 0)
            {
                _writer.Write(',');
            }

            Field(FormulaSafe.Text(fields[i]));
        }

        _writer.Write("\r\n");
    }

    public void Dispose() => _writer.Dispose();

    private void Field(string text)
    {
        if (!text.AsSpan().ContainsAny(Quoted) && text.AsSpan().Trim().Length == text.Length)
        {
            _writer.Write(text);
            return;
        }

        _writer.Write('"');
        _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        _writer.Write('"');
    }
}
