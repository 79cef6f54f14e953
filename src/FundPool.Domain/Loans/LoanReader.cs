using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Loans;

/// <summary>What came of reading one row: the loan, or everything that is wrong with it.</summary>
/// <param name="Loan">The loan; null where there are problems.</param>
/// <param name="Problems">Every problem found, in the order of the fields; one a field.</param>
public readonly record struct LoanReading(LoanFacts? Loan, IReadOnlyList<Problem> Problems);

/// <summary>Reads one row of the loan file, or one form, into a loan (contract.md section 2).</summary>
public static class LoanReader
{
    /// <summary>Reads a row whose cells are asked for by the English header.</summary>
    public static LoanReading Read(Func<string, string?> cell) => Read(LoanFields.All.Select(field => cell(field.Name)).ToArray());

    /// <summary>Reads a row whose cells stand in the order of <see cref="LoanFields.All"/>; a missing column is null.</summary>
    public static LoanReading Read(ReadOnlySpan<string?> cells)
    {
        if (cells.Length != LoanFields.All.Count)
        {
            throw new ArgumentException("A row has one cell for each field.", nameof(cells));
        }

        RowReader row = new(cells, LoanFields.All);
        string contractNo = row.Text((int)LoanColumn.ContractNo, foldWidth: true);
        string noteNo = row.Text((int)LoanColumn.NoteNo, foldWidth: true);
        string name = row.Text((int)LoanColumn.BorrowerName);
        string id = row.Raw((int)LoanColumn.BorrowerId).ToUpperInvariant();
        bool kindKnown = row.Code((int)LoanColumn.BorrowerKind, LoanCodes.BorrowerKinds, out BorrowerKind kind);
        bool personal = Identify(ref row, id, kindKnown ? kind : null);
        string industry = row.Raw((int)LoanColumn.Industry).ToUpperInvariant();
        if (industry.Length == 0)
        {
            row.Required((int)LoanColumn.Industry);
        }
        else if (!Industry.IsWellFormed(industry))
        {
            row.Add((int)LoanColumn.Industry, "format", LoanWords.Industry);
        }

        int? employees = row.WholeNumber((int)LoanColumn.Employees);
        Money? revenue = row.Money((int)LoanColumn.Revenue, aboveZero: false);
        Money? assets = row.Money((int)LoanColumn.TotalAssets, aboveZero: false);
        DateOnly? loanDate = row.Day((int)LoanColumn.LoanDate);
        DateOnly? maturity = row.Day((int)LoanColumn.MaturityDate);
        if (loanDate is { } lent && maturity is { } due && due <= lent)
        {
            row.Add((int)LoanColumn.MaturityDate, "range", LoanWords.MaturityBeforeLoan);
        }

        string currency = Currency(ref row);
        Money? original = row.Money((int)LoanColumn.Principal, aboveZero: true);
        Rate? fx = ForeignRate(ref row, currency);
        Money? principal = InCny(ref row, original, currency, fx);
        Rate? annualRate = YearlyRate(ref row);
        row.Code((int)LoanColumn.Product, LoanCodes.Products, out Product product);
        string purpose = row.Text((int)LoanColumn.Purpose);
        Securities securities = row.Codes((int)LoanColumn.Security, LoanCodes.Securities, (all, one) => all | one);
        if ((securities & Securities.Credit) != 0 && (securities & ~(Securities.Credit | Securities.CoBorrower)) != 0)
        {
            row.Add((int)LoanColumn.Security, "range", LoanWords.CreditJoined);
        }

        Features features = row.Codes((int)LoanColumn.Features, LoanCodes.Features, (all, one) => all | one);
        Qualifications qualifications = row.Codes((int)LoanColumn.Qualifications, LoanCodes.Qualifications, (all, one) => all | one);
        Money? balance = row.Money((int)LoanColumn.TotalBalance, aboveZero: true);
        if (balance is { } total && principal is { } lentSum && total < lentSum)
        {
            row.Add((int)LoanColumn.TotalBalance, "range", LoanWords.BalanceBelowLoan(lentSum));
        }

        bool person = kindKnown && kind is BorrowerKind.Owner or BorrowerKind.SoleTrader;
        Money? creditLine = row.Money((int)LoanColumn.CreditLine, aboveZero: person);
        if (person && row.Raw((int)LoanColumn.CreditLine).Length == 0)
        {
            row.Add((int)LoanColumn.CreditLine, "required", LoanWords.CreditLineMissing);
        }

        row.Code((int)LoanColumn.OtherCover, LoanCodes.OtherCovers, out OtherCover cover);
        string branch = row.Text((int)LoanColumn.Branch);
        if (row.Problems is { } problems)
        {
            return new LoanReading(null, problems);
        }

        LoanTerms terms = new()
        {
            LoanDate = loanDate!.Value,
            MaturityDate = maturity!.Value,
            BorrowerKind = kind,
            Industry = industry,
            Principal = principal!.Value,
            AnnualRate = annualRate!.Value,
            Product = product,
            TotalBalance = balance!.Value,
            CreditLine = creditLine,
            OtherCover = cover,
            Securities = securities,
            Features = features,
            Qualifications = qualifications,
        };
        return new LoanReading(
            new LoanFacts
            {
                ContractNo = contractNo,
                NoteNo = noteNo,
                BorrowerName = name,
                BorrowerId = id,
                IdIsPersonal = personal,
                Terms = terms,
                Employees = employees,
                Revenue = revenue,
                TotalAssets = assets,
                Currency = currency,
                OriginalPrincipal = original!.Value.Yuan,
                FxRate = fx,
                Purpose = purpose,
                Branch = branch.Length == 0 ? null : branch,
            },
            []);
    }

    // An owner may give a resident number; everyone else the credit code. True for a resident number.
    private static bool Identify(ref RowReader row, string id, BorrowerKind? kind)
    {
        const int Column = (int)LoanColumn.BorrowerId;
        if (id.Length == 0)
        {
            row.Required(Column);
            return false;
        }

        IdentityFault credit = CreditCode.Test(id);
        if (credit == IdentityFault.None)
        {
            return false;
        }

        IdentityFault resident = ResidentNumber.Test(id);
        if (resident == IdentityFault.None && kind is BorrowerKind.Owner or null)
        {
            return true;
        }

        // Seventeen digits first is a resident number meant; anything else a credit code.
        bool residentMeant = kind == BorrowerKind.Owner && resident is IdentityFault.OuterCheck or IdentityFault.Birthday && !id.StartsWith('9');
        IdentityFault fault = residentMeant ? resident : credit;
        bool shape = fault is IdentityFault.Length or IdentityFault.Alphabet or IdentityFault.Birthday;
        row.Add(Column, shape ? "format" : "check_digit", resident == IdentityFault.None ? LoanWords.ResidentNotAllowed : LoanWords.Identity(fault, residentMeant, id.Length));
        return false;
    }

    private static string Currency(ref RowReader row)
    {
        string text = row.Raw((int)LoanColumn.Currency);
        string currency = text.Length == 0 ? "CNY" : Currencies.Find(text) ?? "";
        if (currency.Length == 0)
        {
            row.Add((int)LoanColumn.Currency, "unknown_code", LoanWords.Currency(text));
        }

        return currency;
    }

    // For CNY a rate says nothing and is left out.
    private static Rate? ForeignRate(ref RowReader row, string currency)
    {
        const int Column = (int)LoanColumn.FxRate;
        string text = row.Raw(Column);
        if (currency == "CNY" || (text.Length == 0 && currency.Length == 0))
        {
            return null;
        }

        if (text.Length == 0)
        {
            row.Add(Column, "required", LoanWords.FxRateMissing(currency));
            return null;
        }

        if (!CellText.TryFigure(text, out decimal figure) || !RowReader.Fits(figure, 8))
        {
            row.Add(Column, "format", LoanWords.FxRate);
            return null;
        }

        if (figure is <= 0 or > 100_000)
        {
            row.Add(Column, "range", LoanWords.FxRate);
            return null;
        }

        return Rate.Of(figure);
    }

    // Converted at the loan date's mid rate, rounded half up to the fen (a.4).
    private static Money? InCny(ref RowReader row, Money? original, string currency, Rate? fx)
    {
        if (original is not { } sum)
        {
            return null;
        }

        if (currency == "CNY")
        {
            return sum;
        }

        if (fx is not { } rate)
        {
            return null;
        }

        Money converted = sum.Times(rate);
        if (converted <= Money.Zero || converted > RowReader.MostMoney)
        {
            row.Add((int)LoanColumn.Principal, "range", LoanWords.MoneyTooBig(LoanFields.Of(LoanColumn.Principal)));
            return null;
        }

        return converted;
    }

    private static Rate? YearlyRate(ref RowReader row)
    {
        const int Column = (int)LoanColumn.AnnualRate;
        string text = row.Raw(Column);
        if (text.Length == 0)
        {
            row.Required(Column);
            return null;
        }

        bool percent = text[^1] == '%';
        if (!CellText.TryFigure(percent ? text.AsSpan(0, text.Length - 1).TrimEnd() : text, out decimal figure) || !RowReader.Fits(percent ? figure / 100m : figure, 8))
        {
            row.Add(Column, "format", LoanWords.AnnualRateFormat);
            return null;
        }

        decimal fraction = percent ? figure / 100m : figure;
        if (fraction is < 0 or >= 1)
        {
            row.Add(Column, "range", LoanWords.AnnualRateRange(text));
            return null;
        }

        return Rate.Of(fraction);
    }
}
