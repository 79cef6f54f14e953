using System.Text;
using FundPool.Application.Spreadsheets;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Spreadsheets;

/// <summary>Good files with a few bytes changed, seeded: whatever happens, the answer is rows or a refusal.</summary>
public class MutationTests
{
    private const int Rounds = 1500;

    [Fact]
    public void Xlsx_PackedAndMutated_IsReadOrRefused() => Mutate(Book.WithRows(Rows()).WithStyles().WithStrings("<t>甲</t>").Zip().ToArray(), "loans.xlsx");

    [Fact]
    public void Xls_Mutated_IsReadOrRefused() => Mutate(Book.Fixture("crafted.xls").ToArray(), "loans.xls");

    [Fact]
    public void Csv_Mutated_IsReadOrRefused() =>
        Mutate(Encoding.UTF8.GetBytes("编号,\"名称\"\r\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"N-{i},\"公司 \"\"{i}\"\"\"\r\n"))), "loans.csv");

    [Fact]
    public void Xlsx_PartsMutatedBeforePacking_IsReadOrRefused()
    {
        Random random = new(20260331);
        for (int round = 0; round < Rounds; round++)
        {
            Book book = Book.WithRows(Rows(), "<mergeCells><mergeCell ref=\"A3:B4\"/></mergeCells>").WithStyles().WithStrings("<t>甲</t>");
            string part = book.Parts.Keys.ElementAt(random.Next(book.Parts.Count));
            book.With(part, Change(book.Parts[part], random));
            Read(book.Zip().ToArray(), "loans.xlsx", round);
        }
    }

    private static string Rows() => string.Concat(Enumerable.Range(2, 10).Select(r =>
        $"<row r=\"{r}\"{(r == 5 ? " hidden=\"1\"" : "")}><c r=\"A{r}\" t=\"s\"><v>0</v></c><c r=\"B{r}\" s=\"1\"><v>{46000 + r}.25</v></c><c r=\"C{r}\"><f>1+{r}</f><v>1E{r}</v></c></row>"));

    private static void Mutate(byte[] good, string name)
    {
        Random random = new(20260331);
        for (int round = 0; round < Rounds; round++)
        {
            Read(Change(good, random), name, round);
        }
    }

    private static byte[] Change(byte[] good, Random random)
    {
        byte[] bytes = (byte[])good.Clone();
        for (int i = random.Next(1, 6); i > 0 && bytes.Length > 4; i--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = "<>\"'&=/0 \n,"u8[random.Next(11)]; break;
                case 3: bytes.AsSpan(at, Math.Min(4, bytes.Length - at)).Fill((byte)(random.Next(2) * 255)); break;
                case 4: bytes = [.. bytes[..at], .. bytes[random.Next(at + 1)..]]; break; // a piece twice
                default: bytes = random.Next(4) == 0 ? bytes[..at] : [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(20))..]]; break;
            }
        }

        return bytes.Length > 1 << 20 ? bytes[..(1 << 20)] : bytes;
    }

    private static void Read(byte[] file, string name, int round)
    {
        try
        {
            Book.Dump(SheetReader.Open(new MemoryStream(file), name));
        }
        catch (SpreadsheetRefused refused)
        {
            refused.Words.Zh.ShouldNotBeEmpty();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Round {round} of {name} ended in {e.GetType().Name}.", e);
        }
    }
}
