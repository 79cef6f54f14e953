using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;

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

        Draft draft = new();
        Utf8JsonReader reader = new(line, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                CaseField field = CaseFields.Find(Draft.Text(ref reader));
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

    private struct Draft
    {
        [ThreadStatic]
        private static byte[]? scratch;

        private Faults faults;
        private DateOnly loanDate, maturityDate, registeredOn, nplDate, appliedOn, creditReportOn;
        private Money principal, totalBalance, outstanding;
        private Money? creditLine, nplPrincipal;
        private Rate annualRate;
        private BorrowerKind borrowerKind;
        private Product product;
        private OtherCover otherCover;
        private RiskClass riskClass;
        private Securities securities;
        private Features features;
        private Qualifications qualifications;
        private string industry;
        private bool legacy, suspended, dishonest, removed;

        public Draft()
        {
            industry = "";
            for (int i = 0; i < CaseFields.Count; i++)
            {
                faults[i] = CaseFields.IsRequired((CaseField)i) ? CaseFault.Required : CaseFault.None;
            }
        }

        public readonly bool IsSound(CaseField field) => faults[(int)field] == CaseFault.None;

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

        // The last of several equal names counts, as in most readers of JSON.
        public void Take(CaseField field, ref Utf8JsonReader reader) => faults[(int)field] = field switch
        {
            CaseField.Id => Id(ref reader),
            CaseField.LoanDate => Day(ref reader, out loanDate),
            CaseField.MaturityDate => Day(ref reader, out maturityDate),
            CaseField.BorrowerKind => Code(ref reader, LoanCodes.BorrowerKinds, out borrowerKind),
            CaseField.Industry => IndustryOf(ref reader),
            CaseField.Principal => Amount(ref reader, out principal),
            CaseField.AnnualRate => RateOf(ref reader),
            CaseField.Product => Code(ref reader, LoanCodes.Products, out product),
            CaseField.TotalBalance => Amount(ref reader, out totalBalance),
            CaseField.CreditLine => OptionalAmount(ref reader, out creditLine),
            CaseField.OtherCover => Code(ref reader, LoanCodes.OtherCovers, out otherCover),
            CaseField.Security => SecuritiesOf(ref reader),
            CaseField.Features => FeaturesOf(ref reader),
            CaseField.Qualifications => QualificationsOf(ref reader),
            CaseField.RegisteredOn => Day(ref reader, out registeredOn),
            CaseField.Legacy => Flag(ref reader, out legacy),
            CaseField.RiskClass => Code(ref reader, LoanCodes.RiskClasses, out riskClass),
            CaseField.NplDate => Day(ref reader, out nplDate),
            CaseField.AppliedOn => Day(ref reader, out appliedOn),
            CaseField.CreditReportOn => Day(ref reader, out creditReportOn),
            CaseField.OutstandingPrincipal => Amount(ref reader, out outstanding),
            CaseField.NplPrincipal => OptionalAmount(ref reader, out nplPrincipal),
            CaseField.BankSuspended => Flag(ref reader, out suspended),
            CaseField.BankDishonest => Flag(ref reader, out dishonest),
            _ => Flag(ref reader, out removed),
        };

        public readonly (CaseField Field, CaseFault Fault) FirstFault()
        {
            for (int i = 0; i < CaseFields.Count; i++)
            {
                CaseFault fault = faults[i] != CaseFault.None ? faults[i] : Against((CaseField)i);
                if (fault != CaseFault.None)
                {
                    return ((CaseField)i, fault);
                }
            }

            return default;
        }

        public readonly Case Case() => new()
        {
            Loan = new LoanTerms
            {
                LoanDate = loanDate,
                MaturityDate = maturityDate,
                BorrowerKind = borrowerKind,
                Industry = industry,
                Principal = principal,
                AnnualRate = annualRate,
                Product = product,
                TotalBalance = totalBalance,
                CreditLine = creditLine,
                OtherCover = otherCover,
                Securities = securities,
                Features = features,
                Qualifications = qualifications,
            },
            RegisteredOn = registeredOn,
            Legacy = legacy,
            Claim = new ClaimFacts
            {
                RiskClass = riskClass,
                NplDate = nplDate,
                AppliedOn = appliedOn,
                CreditReportOn = creditReportOn,
                OutstandingPrincipal = outstanding,
                NplPrincipal = nplPrincipal,
            },
            BankSuspended = suspended,
            BankDishonest = dishonest,
            BankRemoved = removed,
        };

        // A field that is sound by itself, against those it depends on where they are sound too.
        private readonly CaseFault Against(CaseField field) => field switch
        {
            CaseField.MaturityDate when IsSound(CaseField.LoanDate) && maturityDate <= loanDate => CaseFault.OutOfRange,
            CaseField.TotalBalance when IsSound(CaseField.Principal) && totalBalance < principal => CaseFault.OutOfRange,
            CaseField.CreditLine when IsSound(CaseField.BorrowerKind) && borrowerKind is BorrowerKind.Owner or BorrowerKind.SoleTrader && creditLine is null => CaseFault.Required,
            CaseField.Security when (securities & Securities.Credit) != 0 && (securities & ~(Securities.Credit | Securities.CoBorrower)) != 0 => CaseFault.Conflict,
            CaseField.OutstandingPrincipal when IsSound(CaseField.Principal) && outstanding > principal => CaseFault.OutOfRange,
            CaseField.NplPrincipal when IsSound(CaseField.Principal) && nplPrincipal > principal => CaseFault.OutOfRange,
            _ => CaseFault.None,
        };

        private static CaseFault Id(ref Utf8JsonReader reader)
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

        private static CaseFault Day(ref Utf8JsonReader reader, out DateOnly day)
        {
            day = default;
            return reader.TokenType == JsonTokenType.Null ? CaseFault.Required
                : IsText(ref reader) && TryDay(Text(ref reader), out day) ? CaseFault.None
                : CaseFault.BadDate;
        }

        private static CaseFault Code<T>(ref Utf8JsonReader reader, CodeList<T> list, out T value)
            where T : struct, Enum
        {
            value = default;
            return reader.TokenType == JsonTokenType.Null ? CaseFault.Required
                : IsText(ref reader) && list.TryCode(Text(ref reader), out value) ? CaseFault.None
                : CaseFault.UnknownCode;
        }

        private static CaseFault Amount(ref Utf8JsonReader reader, out Money amount)
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

        private static CaseFault OptionalAmount(ref Utf8JsonReader reader, out Money? amount)
        {
            CaseFault fault = Amount(ref reader, out Money given);
            amount = fault == CaseFault.None ? given : null;
            return fault == CaseFault.Required ? CaseFault.None : fault;
        }

        private CaseFault RateOf(ref Utf8JsonReader reader) =>
            reader.TokenType == JsonTokenType.Null ? CaseFault.Required
            : IsText(ref reader) && Rate.TryParse(Text(ref reader), out annualRate) ? CaseFault.None
            : CaseFault.BadNumber;

        private CaseFault IndustryOf(ref Utf8JsonReader reader)
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                return CaseFault.Required;
            }

            Span<char> code = stackalloc char[5];
            if (!IsText(ref reader) || Text(ref reader) is not { Length: > 0 and <= 5 } text || !Ascii.IsValid(text))
            {
                return CaseFault.BadValue;
            }

            code = code[..Encoding.ASCII.GetChars(text, code)];
            if (!Industry.IsWellFormed(code))
            {
                return CaseFault.BadValue;
            }

            industry = new string(code);
            return CaseFault.None;
        }

        private static CaseFault Flag(ref Utf8JsonReader reader, out bool flag)
        {
            flag = reader.TokenType == JsonTokenType.True;
            bool sound = reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null;
            reader.Skip();
            return sound ? CaseFault.None : CaseFault.BadValue;
        }

        private CaseFault SecuritiesOf(ref Utf8JsonReader reader)
        {
            securities = Securities.None;
            return Codes(ref reader, LoanCodes.Securities, ref securities, static (ref Securities all, Securities one) => all |= one) switch
            {
                CaseFault.None when securities == Securities.None => CaseFault.Required,
                CaseFault fault => fault,
            };
        }

        private CaseFault FeaturesOf(ref Utf8JsonReader reader)
        {
            features = Features.None;
            CaseFault fault = Codes(ref reader, LoanCodes.Features, ref features, static (ref Features all, Features one) => all |= one);
            return fault == CaseFault.Required ? CaseFault.None : fault;
        }

        private CaseFault QualificationsOf(ref Utf8JsonReader reader)
        {
            qualifications = Qualifications.None;
            CaseFault fault = Codes(ref reader, LoanCodes.Qualifications, ref qualifications, static (ref Qualifications all, Qualifications one) => all |= one);
            return fault == CaseFault.Required ? CaseFault.None : fault;
        }

        private static CaseFault Codes<T>(ref Utf8JsonReader reader, CodeList<T> list, ref T all, Join<T> join)
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
        private static bool IsText(ref Utf8JsonReader reader)
        {
            bool text = reader.TokenType == JsonTokenType.String;
            if (!text)
            {
                reader.Skip();
            }

            return text;
        }

        private delegate void Join<T>(ref T all, T one);

        [InlineArray(CaseFields.Count)]
        private struct Faults
        {
            private CaseFault first;
        }
    }
}
