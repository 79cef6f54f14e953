using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FundPool.Application.Imports;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Application.Spreadsheets;
using FundPool.Data;
using FundPool.Data.Loans;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using Microsoft.EntityFrameworkCore;
using CellText = FundPool.Domain.Loans.CellText;

namespace FundPool.Application.Compensation;

/// <summary>Claims from a file: the template, and what a kept file comes to today. Preview and taking read it the same way.</summary>
public static class ClaimFile
{
    public const long LargestFile = 10L << 20;
    public const int MostRows = 500;

    /// <summary>The columns as the spreadsheets show them. Only the note's number and the credit report's date have to be filled in: the rest is taken from the last report.</summary>
    public static IReadOnlyList<TemplateField> Fields { get; } = [.. ClaimFields.All.Select((field, i) =>
        ImportTemplates.Of(field) with { Required = i is (int)ClaimColumn.NoteNo or (int)ClaimColumn.CreditReportOn })];

    /// <summary>Writes the template for a bank.</summary>
    public static void WriteTemplate(Stream output, string bank, bool english) =>
        Template.Write(output, new Words($"{bank} 风险补偿申请表", $"{bank}: claims"), Fields, new TemplateStamp("1", bank, ""), english);

    /// <summary>A row that becomes a draft.</summary>
    public sealed record Line(int Row, Loan Loan, ClaimEntry Entry, ClaimRuling Ruling);

    /// <param name="Errors">By row, then by field.</param>
    /// <param name="Digest">Of all that the lines come to: what was shown is what is taken, or nothing.</param>
    public sealed record Reading(string Name, IReadOnlyList<Line> Lines, IReadOnlyList<RowError> Errors, string Digest);

    private sealed record Row(int Number, string?[] Cells, List<RowError> Errors)
    {
        public string Note => CellText.Clean(Cells[(int)ClaimColumn.NoteNo], foldWidth: false);

        public void Add(string field, string code, Words words)
        {
            if (!Errors.Exists(error => error.Problem.Field == field))
            {
                Errors.Add(new RowError(Number, new Problem(field, code, words), Cells[IndexOf(field)]));
            }
        }

        private static int IndexOf(string field) => Math.Max(0, ClaimFields.All.ToList().FindIndex(one => one.Name == field));
    }

    internal static async Task<Outcome<Reading>> ReadAsync(FundPoolDb db, IFileStore files, RuleSource rules, int pool, int bank, long id, CancellationToken ct)
    {
        string? name = await db.Files.AsNoTracking().Where(f => f.PoolId == pool && f.BankId == bank && f.Id == id).Select(f => f.Name).FirstOrDefaultAsync(ct);
        if (name is null || await files.OpenAsync(pool, bank, id, ct) is not { } content)
        {
            return default(NotFound);
        }

        List<Row> rows;
        await using (content)
        {
            try
            {
                rows = Rows(content, name);
            }
            catch (ImportRefused refused)
            {
                return refused.Problems.Select(problem => problem with { Field = "file" }).ToList();
            }
            catch (SpreadsheetRefused refused)
            {
                return new List<Problem> { new("file", "format", refused.Words) };
            }
        }

        if (rows.Count is 0 or > MostRows)
        {
            return new List<Problem>
            {
                rows.Count == 0 ? new("file", "required", new Words("文件里没有一行申请；请从第二行起填写", "The file holds no claim; fill it in from the second row"))
                    : new("file", "range", new Words($"一个文件最多 {MostRows} 行；请拆成几个文件", $"A file takes up to {MostRows} rows; split it")),
            };
        }

        return await JudgeAsync(db, rules, pool, bank, name, rows, ct);
    }

    private static List<Row> Rows(Stream content, string name)
    {
        List<Row> rows = [];
        using FileRows sheet = FileRows.Open(content, name, ClaimFields.All, header => (int?)ClaimFields.Find(header));
        while (rows.Count <= MostRows && sheet.Read())
        {
            rows.Add(new Row(sheet.Row, sheet.Cells.ToArray(), sheet.CellErrors()));
        }

        return rows;
    }

    private static async Task<Reading> JudgeAsync(FundPoolDb db, RuleSource rules, int pool, int bank, string name, List<Row> rows, CancellationToken ct)
    {
        string[] notes = [.. rows.Select(row => row.Note).Distinct()];
        Dictionary<string, Loan> loans = await db.Loans.AsNoTracking().Where(l => l.PoolId == pool && l.BankId == bank && notes.Contains(l.NoteNo)).ToDictionaryAsync(l => l.NoteNo, ct);
        long[] ids = [.. loans.Values.Select(loan => loan.Id)];
        Dictionary<long, string> open = await StartClaim.OpenAsync(db, pool, bank, ids, ct);
        ILookup<long, Classification> reports = (await db.Classifications.AsNoTracking()
            .Where(c => c.PoolId == pool && c.BankId == bank && ids.Contains(c.LoanId) && Suspension.MeasureStanding.NonPerforming.Contains(c.RiskClass)).OrderByDescending(c => c.Id).ToListAsync(ct)).ToLookup(c => c.LoanId);
        RuleBase at = await rules.InAsync(db, ct);
        BankFacts facts = await BankFacts.OfAsync(db, pool, bank, rules.Today, ct);
        Dictionary<string, int> first = [];
        List<Line> lines = [];
        foreach (Row row in rows)
        {
            if (LoanOf(row, loans, open, first) is { } loan)
            {
                Fill(row.Cells, loan, reports[loan.Id].FirstOrDefault(report => report.ValueDate == loan.NplSince)?.OutstandingFen);
                ClaimReading reading = ClaimReader.Read(row.Cells, LoanMapping.FactsOf(loan).Terms, rules.Today);
                foreach (Problem problem in reading.Problems)
                {
                    row.Add(problem.Field, problem.Code, problem.Message);
                }

                if (row.Errors.Count == 0 && reading.Entry.FactsOn(rules.Today) is { } claim)
                {
                    lines.Add(new Line(row.Number, loan, reading.Entry, ClaimRuling.On(ClaimCase.Of(loan, claim, facts), at)));
                }
            }
        }

        return new Reading(name, lines, [.. rows.SelectMany(row => row.Errors)], DigestOf(lines));
    }

    private static Loan? LoanOf(Row row, Dictionary<string, Loan> loans, Dictionary<long, string> open, Dictionary<string, int> first)
    {
        string field = ClaimFields.Of(ClaimColumn.NoteNo).Name, note = row.Note;
        if (note.Length == 0)
        {
            row.Add(field, "required", new Words("请填写借据编号", "Fill in the note number"));
        }
        else if (!loans.TryGetValue(note, out Loan? loan))
        {
            row.Add(field, "unknown_code", new Words($"贷款项目库中没有本行借据“{Beginning.Shown(note, 64)}”；请核对借据编号", $"The loan library holds no note “{Beginning.Shown(note, 64)}” of this bank; check the number"));
        }
        else if (!first.TryAdd(note, row.Number))
        {
            row.Add(field, "duplicate", new Words($"与第 {first[note]} 行是同一借据；请只保留一行", $"Same note as row {first[note]}; keep one"));
        }
        else if (StartClaim.WhyNot(loan, open.GetValueOrDefault(loan.Id)) is { } refusal)
        {
            row.Add(field, "state", refusal.Words);
        }
        else
        {
            return loan;
        }

        return null;
    }

    // What a begun claim is filled with on its form, where the file says nothing.
    private static void Fill(string?[] cells, Loan loan, long? balance)
    {
        void Put(ClaimColumn column, string? value)
        {
            if (CellText.Clean(cells[(int)column], foldWidth: true).Length == 0)
            {
                cells[(int)column] = value;
            }
        }

        static string? Sum(long? fen) => fen is > 0 ? new Money(fen.Value).ToString() : null;
        Put(ClaimColumn.RiskClass, loan.RiskClass);
        Put(ClaimColumn.NplDate, loan.NplSince?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Put(ClaimColumn.OutstandingPrincipal, Sum(loan.OutstandingFen));
        Put(ClaimColumn.NplPrincipal, Sum(balance));
    }

    private static string DigestOf(List<Line> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(line =>
        string.Create(CultureInfo.InvariantCulture, $"{line.Row} {line.Loan.Id} {line.Entry} {line.Ruling.OutcomeCode} {line.Ruling.Amount.Fen}"))))));
}
