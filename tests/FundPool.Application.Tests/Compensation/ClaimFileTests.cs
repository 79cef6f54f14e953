using System.Text;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Application.Spreadsheets;
using FundPool.Domain.Compensation;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Compensation;

/// <summary>Many claims at once from a file: what is shown is what is made, all or none.</summary>
public sealed class ClaimFileTests : IAsyncLifetime
{
    private const string Header = "note_no,risk_class,npl_date,credit_report_on,outstanding_principal,npl_principal,statement\n";

    private TestPortal portal = null!;
    private TestActor maker = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Rows_OfBadLoans_BecomeDraftsWithWhatWasLastReported()
    {
        string one = await NoteAsync(await portal.BadLoanAsync("B001")), two = await NoteAsync(await portal.BadLoanAsync("B001"));
        long file = await UploadAsync($"{one},,,2026-03-13,,,\n{two},次级,2026-03-12,2026-03-13,\"850,000.00\",900000,借款人停产\n");

        ClaimFile.Reading shown = await ReadAsync(file);

        shown.Errors.ShouldBeEmpty();
        shown.Lines.Select(line => (line.Row, line.Loan.NoteNo, line.Ruling.Amount.ToString())).ShouldBe([(2, one, "360000.00"), (3, two, "340000.00")]);
        (await ClaimsAsync()).ShouldBe(0);
        (await portal.SendAsync(maker, new TakeClaimFile.Command(file, shown.Digest))).Value.ShouldBe(2);
        (await portal.Database.ScalarAsync<string>("select string_agg(number || ' ' || state || ' ' || outstanding_fen || ' ' || credit_report_on, ';' order by id) from compensation.claim"))
            .ShouldBe("B001-2026-000001 draft 90000000 2026-03-13;B001-2026-000002 draft 85000000 2026-03-13");
    }

    [Fact]
    public async Task Rows_ThatAreWrong_AreNamedAndMakeNothing()
    {
        long loan = await portal.BadLoanAsync("B001");
        string good = await NoteAsync(loan), others = await NoteAsync(await portal.BadLoanAsync("B002"));
        string open = await NoteAsync((await portal.ClaimAsync("B001", ClaimState.Proposed)).Loan);

        ClaimFile.Reading shown = await ReadAsync(await UploadAsync($"{good},,,2026-03-13,,,\n{good},,,2026-03-13,,,\n{others},,,2026-03-13,,,\n{open},,,2026-03-13,,,\nB001-GOOD-1,,,2026-03-13,,,\n"));

        shown.Errors.Select(error => $"{error.Row} {error.Problem.Field} {error.Problem.Code}")
            .ShouldBe(["3 note_no duplicate", "4 note_no unknown_code", "5 note_no state", "6 note_no state"]);
        shown.Lines.Select(line => line.Row).ShouldBe([2]);
    }

    [Fact]
    public async Task Row_WithoutTheReportsDateOrWithTooLargeASum_IsRefusedAtItsFields()
    {
        string note = await NoteAsync(await portal.BadLoanAsync("B001"));
        long file = await UploadAsync($"{note},,,,9000000.00,,\n");

        ClaimFile.Reading shown = await ReadAsync(file);

        shown.Errors.Select(error => $"{error.Problem.Field} {error.Problem.Code}").ShouldBe(["credit_report_on required", "outstanding_principal range"]);
        (await portal.SendAsync(maker, new TakeClaimFile.Command(file, shown.Digest))).Refusal!.Words.Zh.ShouldContain("没有可以建立申请的行");
        using OpenAnswer workbook = new((await portal.SendAsync(maker, new OpenClaimFileErrors.Query(file, false))).Value);
        workbook.Rows().ShouldBe([note]);
    }

    [Fact]
    public async Task Take_AfterSomethingChanged_TakesNothing()
    {
        long loan = await portal.BadLoanAsync("B001");
        string one = await NoteAsync(loan), two = await NoteAsync(await portal.BadLoanAsync("B001"));
        long file = await UploadAsync($"{one},,,2026-03-13,,,\n{two},,,2026-03-13,,,\n");
        ClaimFile.Reading shown = await ReadAsync(file);
        await portal.SendAsync(maker, new StartClaim.Command(loan));

        Outcome<int> taken = await portal.SendAsync(maker, new TakeClaimFile.Command(file, shown.Digest));

        taken.Refusal!.Words.Zh.ShouldContain("预览之后情况有变化");
        (await ClaimsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task File_OfAnotherBank_IsNotFound()
    {
        long file = await UploadAsync($"{await NoteAsync(await portal.BadLoanAsync("B001"))},,,2026-03-13,,,\n");
        TestActor stranger = await portal.MakerAsync("B002");

        (await portal.SendAsync(stranger, new PreviewClaimFile.Query(file))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new TakeClaimFile.Command(file, ""))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new OpenClaimFileErrors.Query(file, false))).IsNotFound.ShouldBeTrue();
    }

    [Theory]
    [InlineData("note_no,surprise\nX,1\n", "没有“surprise”这一列")]
    [InlineData("note_no\n", "没有一行申请")]
    public async Task Upload_OfAFileThatIsNoClaims_IsRefusedWhole(string csv, string says)
    {
        Outcome<long> outcome = await portal.SendAsync(maker, new UploadClaimFile.Command(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "申请.csv"));

        (outcome.Problems[0].Field, outcome.Problems[0].Message.Zh).ShouldSatisfyAllConditions(said => said.Field.ShouldBe("file"), said => said.Zh.ShouldContain(says));
    }

    [Fact]
    public async Task Upload_OfMoreThanFiveHundredRows_IsRefused() =>
        (await portal.SendAsync(maker, new UploadClaimFile.Command(new MemoryStream(Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(1, 501).Select(n => $"N-{n},,,,,,\n")))), "申请.csv")))
            .Problems[0].Message.Zh.ShouldContain("最多 500 行");

    [Fact]
    public async Task Upload_Kept_BelongsToItsBank()
    {
        await UploadAsync("N-1,,,,,,\n");

        await portal.HoldsTogetherAsync("orphan_documents");
    }

    private async Task<long> UploadAsync(string rows) =>
        (await portal.SendAsync(maker, new UploadClaimFile.Command(new MemoryStream(Encoding.UTF8.GetBytes(Header + rows)), "申请.csv"))).Value;

    private async Task<ClaimFile.Reading> ReadAsync(long file) => (await portal.SendAsync(maker, new PreviewClaimFile.Query(file))).Value;

    private Task<string> NoteAsync(long loan) => portal.Database.ScalarAsync<string>("select note_no from loan.loan where id = $1", loan)!;

    private Task<long> ClaimsAsync() => portal.Database.ScalarAsync<long>("select count(*) from compensation.claim");

    private sealed class OpenAnswer(OpenClaimFileErrors.Answer answer) : IDisposable
    {
        public List<string?> Rows()
        {
            using ISheetRows sheet = SheetReader.Open(answer.Content, answer.Name);
            List<string?> notes = [];
            while (sheet.Read())
            {
                notes.Add(sheet.Cells[0]);
            }

            return notes;
        }

        public void Dispose() => answer.Content.Dispose();
    }
}
