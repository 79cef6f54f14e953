using System.Text;
using FundPool.Application.Files;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Imports;

/// <summary>One refusal of a row.</summary>
/// <param name="Row">The row as the spreadsheet shows it.</param>
/// <param name="Problem">The field, the code and how to mend it.</param>
/// <param name="Value">What stood in the cell.</param>
public readonly record struct RowError(int Row, Problem Problem, string? Value);

/// <summary>Keeps the refusals of a file on disk, so that a file in which everything is wrong costs no more memory than a good one.</summary>
internal sealed class ErrorSpool : IDisposable
{
    private readonly FileStream file = TemporaryFile.Create();
    private readonly BinaryWriter writer;
    private int lastRow;

    public ErrorSpool() => writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);

    /// <summary>How many refusals there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many rows they are of.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a refusal; rows come in order.</summary>
    public void Add(RowError error)
    {
        Count++;
        Rows += error.Row == lastRow ? 0 : 1;
        lastRow = error.Row;
        writer.Write(error.Row);
        writer.Write(error.Problem.Field);
        writer.Write(error.Problem.Code);
        writer.Write(error.Problem.Message.Zh);
        writer.Write(error.Problem.Message.En);
        writer.Write(error.Value ?? "");
    }

    /// <summary>The refusals in order, as often as asked for.</summary>
    public IEnumerable<RowError> Read()
    {
        writer.Flush();
        file.Position = 0;
        using BinaryReader reader = new(file, Encoding.UTF8, leaveOpen: true);
        for (int i = 0; i < Count; i++)
        {
            int row = reader.ReadInt32();
            Problem problem = new(reader.ReadString(), reader.ReadString(), new Words(reader.ReadString(), reader.ReadString()));
            string value = reader.ReadString();
            yield return new RowError(row, problem, value.Length == 0 ? null : value);
        }
    }

    /// <summary>A new spool with both, by row.</summary>
    public static ErrorSpool Merge(ErrorSpool first, IEnumerable<RowError> second)
    {
        ErrorSpool merged = new();
        using IEnumerator<RowError> others = second.GetEnumerator();
        bool more = others.MoveNext();
        foreach (RowError error in first.Read())
        {
            while (more && others.Current.Row < error.Row)
            {
                merged.Add(others.Current);
                more = others.MoveNext();
            }

            merged.Add(error);
        }

        while (more)
        {
            merged.Add(others.Current);
            more = others.MoveNext();
        }

        return merged;
    }

    public void Dispose()
    {
        writer.Dispose();
        file.Dispose();
    }
}
