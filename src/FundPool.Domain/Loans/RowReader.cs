using System.Globalization;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Loans;

/// <summary>Reads the cells of one row and gathers what is wrong. Nothing is allocated for a row without a problem and without odd characters.</summary>
internal ref struct RowReader(ReadOnlySpan<string?> cells, IReadOnlyList<FileField> fields)
{
    /// <summary>The most that a sum can be: ten thousand billion yuan, beyond any loan and inside numeric(18,2).</summary>
    public static readonly Money MostMoney = new(1_000_000_000_000_000);

    private readonly ReadOnlySpan<string?> cells = cells;

    /// <summary>What was found wrong; null while nothing was.</summary>
    public List<Problem>? Problems { get; private set; }

    public void Add(int column, string code, Words message) => (Problems ??= []).Add(new Problem(fields[column].Name, code, message));

    public void Required(int column) => Add(column, "required", LoanWords.Required(fields[column]));

    /// <summary>A code or figure, cleaned and made half-width; empty where there is none.</summary>
    public readonly string Raw(int column) => CellText.Clean(cells[column], foldWidth: true);

    public string Text(int column, bool foldWidth = false)
    {
        string text = CellText.Clean(cells[column], foldWidth);
        FileField field = fields[column];
        if (text.Length == 0 && field.Required)
        {
            Required(column);
        }
        else if (text.Length > field.MaxLength && Characters(text) > field.MaxLength)
        {
            Add(column, "too_long", LoanWords.TooLong(field, Characters(text)));
        }

        return text;
    }

    public bool Code<T>(int column, CodeList<T> list, out T value)
        where T : struct, Enum
    {
        string text = Raw(column);
        if (text.Length == 0)
        {
            value = default;
            Required(column);
            return false;
        }

        if (list.TryRead(text, out value))
        {
            return true;
        }

        Add(column, "unknown_code", LoanWords.UnknownCode(fields[column], text));
        return false;
    }

    public T Codes<T>(int column, CodeList<T> list, Func<T, T, T> join)
        where T : struct, Enum
    {
        ReadOnlySpan<char> text = Raw(column);
        T all = default;
        bool any = false;
        while (text.Length > 0)
        {
            int end = text.IndexOfAny(";、,|");
            ReadOnlySpan<char> one = (end < 0 ? text : text[..end]).Trim();
            text = end < 0 ? [] : text[(end + 1)..];
            if (one.Length == 0)
            {
                continue;
            }

            if (!list.TryRead(one, out T value))
            {
                Add(column, "unknown_code", LoanWords.UnknownCode(fields[column], one.ToString()));
                return default;
            }

            any = true;
            all = join(all, value);
        }

        if (!any && fields[column].Required)
        {
            Required(column);
        }

        return all;
    }

    public int? WholeNumber(int column)
    {
        string text = Raw(column);
        if (text.Length == 0)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }

        if (!CellText.TryFigure(text, out decimal figure) || figure != decimal.Truncate(figure))
        {
            Add(column, "format", LoanWords.WholeNumber(fields[column], text));
            return null;
        }

        if (figure is < 0 or > int.MaxValue)
        {
            Add(column, "range", LoanWords.WholeNumber(fields[column], text));
            return null;
        }

        return (int)figure;
    }

    public Money? Money(int column, bool aboveZero)
    {
        string text = Raw(column);
        FileField field = fields[column];
        if (text.Length == 0)
        {
            if (field.Required)
            {
                Required(column);
            }

            return null;
        }

        if (!CellText.TryFigure(text, out decimal figure) || !Fits(figure, 2))
        {
            Add(column, "format", LoanWords.Money(field, text));
            return null;
        }

        if (figure < 0 || (aboveZero && figure == 0))
        {
            Add(column, "range", LoanWords.MoneyTooSmall(field, aboveZero));
            return null;
        }

        if (figure > MostMoney.Yuan)
        {
            Add(column, "range", LoanWords.MoneyTooBig(field));
            return null;
        }

        return Kernel.Money.FromYuan(figure);
    }

    public DateOnly? Day(int column)
    {
        string text = Raw(column);
        if (text.Length == 0)
        {
            if (fields[column].Required)
            {
                Required(column);
            }

            return null;
        }

        if (CellText.TryDay(text, out DateOnly day))
        {
            return day;
        }

        Add(column, "format", LoanWords.Day(fields[column], text));
        return null;
    }

    /// <summary>Whether a figure has no more than so many decimals.</summary>
    public static bool Fits(decimal figure, int decimals) => figure == decimal.Round(figure, decimals);

    // Characters as a person counts them: one outside the basic plane is one, not two.
    private static int Characters(string text)
    {
        int count = 0;
        foreach (System.Text.Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
