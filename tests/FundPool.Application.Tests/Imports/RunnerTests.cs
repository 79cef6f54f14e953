using System.Text;
using FundPool.Application.Imports;
using FundPool.Application.Pipeline;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Imports;

/// <summary>From the upload to the registered batch as the browser walks it, and runners that meet.</summary>
public sealed class RunnerTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private TestActor maker = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Upload_Checked_ShowsThePreviewAndKeepsNothing()
    {
        long batch = await UploadAsync(LoanRows.Csv(LoanRows.Sound("P-1"), LoanRows.Sound("P-2", ("industry", "K70"))));

        await RunAsync(1);

        ShowImport.Answer preview = (await portal.SendAsync(maker, new ShowImport.Query(portal.Bank("B001"), batch))).Value;
        (preview.Batch.State, preview.Batch.Rows, preview.Batch.Accepted, preview.Batch.Rejected, preview.Batch.AcceptedPrincipalFen).ShouldBe(("checked", 2, 1, 1, 450_000_000L));
        preview.Errors.ShouldHaveSingleItem().MessageZh.ShouldNotBeNullOrWhiteSpace();
        preview.ByCode.ShouldHaveSingleItem().ShouldBe(new ShowImport.CodeCount("industry", 1));
        preview.CreatedBy.ShouldBe(maker.Acting.PersonName);
        (await LoansAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Batch_ConfirmedTwice_IsRegisteredOnce()
    {
        long batch = await UploadAsync(LoanRows.Csv("C", 5));
        await RunAsync(1);

        (await portal.SendAsync(maker, new DecideImport.Command(batch, true))).Succeeded.ShouldBeTrue();
        (await portal.SendAsync(maker, new DecideImport.Command(batch, true))).Succeeded.ShouldBeTrue();
        await RunAsync(1);
        (await portal.SendAsync(maker, new DecideImport.Command(batch, true))).Succeeded.ShouldBeTrue();
        await RunAsync(0);

        (await LoansAsync()).ShouldBe(5);
    }

    [Fact]
    public async Task Batch_Cancelled_CannotBeRegisteredAfterwards()
    {
        long batch = await UploadAsync(LoanRows.Csv("X", 2));
        (await portal.SendAsync(maker, new DecideImport.Command(batch, true))).Refusal!.Article.Code.ShouldBe("19(1)");
        await RunAsync(1);

        (await portal.SendAsync(maker, new DecideImport.Command(batch, false))).Succeeded.ShouldBeTrue();
        (await portal.SendAsync(maker, new DecideImport.Command(batch, true))).Refusal!.Words.Zh.ShouldBe("该批次不在待确认状态，请刷新页面查看最新状态");
        await RunAsync(0);
        (await LoansAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Batch_AllOrNothingWithRefusals_CannotBeConfirmed()
    {
        long batch = await UploadAsync(LoanRows.Csv(LoanRows.Sound("N-1"), LoanRows.Sound("N-2", ("industry", "K70"))), allOrNothing: true);
        await RunAsync(1);

        (await portal.SendAsync(maker, new DecideImport.Command(batch, true))).Refusal!.Words.Zh.ShouldStartWith("该批次要求整批通过");
    }

    [Fact]
    public async Task SameFile_SentAgain_SaysWhichBatchHasIt()
    {
        string csv = LoanRows.Csv("A", 3);
        ImportRun.Answer first = await portal.ImportAsync(maker, ImportKind.Loans, csv);

        await using MemoryStream content = new(Encoding.UTF8.GetBytes(csv));
        Outcome<UploadFile.Answer> again = await portal.SendAsync(maker, new UploadFile.Command(ImportKind.Loans, content, "改名.csv", new DateOnly(2026, 3, 18), null, false));

        again.Value.SentBefore.ShouldBe(first.Batch.Id);
    }

    [Fact]
    public async Task Batch_OfAnotherBank_IsNotFound()
    {
        long batch = await UploadAsync(LoanRows.Csv("B", 1));
        await RunAsync(1);
        TestActor stranger = await portal.MakerAsync("B002");

        (await portal.SendAsync(stranger, new DecideImport.Command(batch, true))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new ShowImport.Query(portal.Bank("B001"), batch))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new ShowImport.Query(portal.Bank("B002"), batch))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new OpenImportFile.Command(portal.Bank("B001"), batch, false))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(stranger, new ListImports.Query())).Rows.ShouldBeEmpty();
        (await portal.SendAsync(await portal.ReviewerAsync(), new ListImports.Query())).Rows.ShouldHaveSingleItem().BankName.ShouldBe("甲银行深圳分行");
    }

    [Fact]
    public async Task EightRunners_AtOneBatch_RunItOnce()
    {
        long batch = await UploadAsync(LoanRows.Csv("R", 400));
        await RunAsync(1);
        (await portal.SendAsync(maker, new DecideImport.Command(batch, true))).Succeeded.ShouldBeTrue();

        ImportRun.Answer?[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            portal.Imports.RunAsync(portal.Database.Pool, portal.Bank("B001"), batch, CancellationToken.None)));

        answers.Count(a => a is not null).ShouldBe(1);
        (await LoansAsync()).ShouldBe(400);
    }

    [Fact]
    public async Task TwoImports_OfOneBankWithTheSameNotes_RegisterThemOnce()
    {
        ImportRun.Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv("S", 300) + (n == 0 ? "" : "\n"))));

        answers.Sum(a => a.Counts.Accepted).ShouldBe(300);
        answers.Sum(a => a.Counts.Unchanged).ShouldBe(900);
        (await LoansAsync()).ShouldBe(300);
        (await portal.Database.ColumnAsync("select problem from audit.breaks()")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Imports_OfTwoBanksAtOnce_DoNotMix()
    {
        TestActor other = await portal.MakerAsync("B002");

        await Task.WhenAll(portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv("M", 300)), portal.ImportAsync(other, ImportKind.Loans, LoanRows.Csv("M", 200)));

        (await portal.Database.ColumnAsync("select o.code || ' ' || count(*) from loan.loan l join tenancy.organisation o on o.id = l.bank_id group by o.code order by 1")).ShouldBe(["B001 300", "B002 200"]);
    }

    [Fact]
    public async Task EmptyFile_AndTooLargeFile_AreSentBackAtTheField()
    {
        await using MemoryStream nothing = new();
        Outcome<UploadFile.Answer> outcome = await portal.SendAsync(maker, new UploadFile.Command(ImportKind.Loans, nothing, "空.csv", new DateOnly(2026, 3, 18), null, false));

        outcome.Problems.ShouldHaveSingleItem().ShouldBe(new Domain.Kernel.Problem("file", "required", new Domain.Kernel.Words("请选择要上传的文件；所选文件是空的", "Choose a file; the one chosen is empty")));
    }

    private async Task<long> UploadAsync(string csv, bool allOrNothing = false)
    {
        await using MemoryStream content = new(Encoding.UTF8.GetBytes(csv));
        return (await portal.SendAsync(maker, new UploadFile.Command(ImportKind.Loans, content, "三月.csv", new DateOnly(2026, 3, 18), null, allOrNothing))).Value.Batch;
    }

    private async Task RunAsync(int taken) => (await portal.Jobs.RunWaitingAsync((_, _, e) => throw e, CancellationToken.None)).ShouldBe(taken);

    private Task<long> LoansAsync() => portal.Database.ScalarAsync<long>("select count(*) from loan.loan");
}
