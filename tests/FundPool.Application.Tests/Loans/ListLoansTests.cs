using System.Globalization;
using FundPool.Application.Imports;
using FundPool.Application.Loans;
using FundPool.Application.Spreadsheets;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Loans;

/// <summary>Three hundred loans with many equal dates and amounts: pages, orders, filters, totals, search and the export of the same.</summary>
public sealed class ListLoansTests(ListLoansTests.Fixture fixture) : IClassFixture<ListLoansTests.Fixture>
{
    private const int Count = 300;

    private TestPortal Portal => fixture.Portal;

    public static TheoryData<LoanOrder> Orders => [.. Enum.GetValues<LoanOrder>()];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Pages_InEveryOrder_ShowEveryLoanOnce(LoanOrder order)
    {
        List<ListLoans.Row> all = [];
        string? after = null;
        do
        {
            ListLoans.Page page = await ListAsync(new LoanFilter(), order, after, size: 17);
            (page.Total, page.TotalPrincipalFen).ShouldBe((Count, fixture.PrincipalFen));
            all.AddRange(page.Rows);
            after = page.Next;
        }
        while (after is not null && all.Count <= Count);

        all.Select(r => r.Id).Distinct().Count().ShouldBe(Count);
        all.Count.ShouldBe(Count);
        IEnumerable<ListLoans.Row> sorted = order switch
        {
            LoanOrder.Newest => all.OrderByDescending(r => r.LoanDate).ThenByDescending(r => r.Id),
            LoanOrder.Oldest => all.OrderBy(r => r.LoanDate).ThenBy(r => r.Id),
            LoanOrder.Largest => all.OrderByDescending(r => r.PrincipalFen).ThenByDescending(r => r.Id),
            LoanOrder.Smallest => all.OrderBy(r => r.PrincipalFen).ThenBy(r => r.Id),
            LoanOrder.MaturesFirst => all.OrderBy(r => r.MaturityDate).ThenBy(r => r.Id),
            _ => all.OrderByDescending(r => r.MaturityDate).ThenByDescending(r => r.Id),
        };
        all.Select(r => r.Id).ShouldBe(sorted.Select(r => r.Id));
    }

    [Theory]
    [InlineData(LoanOrder.Newest, LoanOrder.Largest)]
    [InlineData(LoanOrder.Largest, LoanOrder.Smallest)]
    [InlineData(LoanOrder.Newest, LoanOrder.MaturesFirst)]
    [InlineData(LoanOrder.Oldest, LoanOrder.Newest)]
    public async Task Cursor_OfAnotherOrder_IsIgnored(LoanOrder of, LoanOrder with)
    {
        string? cursor = (await ListAsync(new LoanFilter(), of, null, 20)).Next;

        ListLoans.Page page = await ListAsync(new LoanFilter(), with, cursor, 20);

        page.Rows.Select(r => r.Id).ShouldBe((await ListAsync(new LoanFilter(), with, null, 20)).Rows.Select(r => r.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("newest_2026-13-01_1")]
    [InlineData("newest_2026-03-01_'; drop table loan.loan")]
    [InlineData("newest_2026-03-01_99999999999999999999")]
    public async Task Cursor_ThatIsNone_StartsFromTheBeginning(string cursor) =>
        (await ListAsync(new LoanFilter(), LoanOrder.Newest, cursor, 1000)).Rows.Count.ShouldBe(Count);

    [Theory]
    [InlineData(LoanOrder.Newest)]
    [InlineData(LoanOrder.Largest)]
    public async Task LastPage_OfExactlyItsSize_HasNoNext(LoanOrder order) => (await ListAsync(new LoanFilter(), order, null, Count)).Next.ShouldBeNull();

    [Fact]
    public async Task Filters_NarrowRowsAndTotalsAlike()
    {
        foreach ((string what, LoanFilter filter, Func<ListLoans.Row, bool> holds) in ((string, LoanFilter, Func<ListLoans.Row, bool>)[])
                 [("quarter", new() { Quarter = 20261 }, r => r.LoanDate >= new DateOnly(2026, 1, 1)),
                  ("npl", new() { NplOnly = true }, r => r.NplSince is not null),
                  ("class", new() { RiskClass = "special_mention" }, r => r.RiskClass == "special_mention"),
                  ("branch", new() { Branch = "福田支行" }, r => r.Branch == "福田支行"),
                  ("amount", new() { PrincipalFrom = 200_000_00, PrincipalTo = 300_000_00 }, r => r.PrincipalFen is >= 200_000_00 and <= 300_000_00),
                  ("kind", new() { BorrowerKind = "micro" }, r => r.BorrowerKind == "micro"),
                  ("warned", new() { Warned = true }, r => r.Warned),
                  ("library", new() { Library = "loan", NplOnly = true }, r => r.NplSince is not null)])
        {
            ListLoans.Page page = await ListAsync(filter, LoanOrder.Newest, null, 1000);
            List<ListLoans.Row> expected = [.. fixture.All.Where(holds)];
            expected.Count.ShouldBeInRange(1, Count, what);
            page.Rows.Select(r => r.Id).Order().ShouldBe(expected.Select(r => r.Id).Order(), what);
            (page.Total, page.TotalPrincipalFen).ShouldBe((expected.Count, expected.Sum(r => r.PrincipalFen)), what);
        }
    }

    [Theory]
    [InlineData("罗湖", 1)]                  // two characters of a name
    [InlineData("罗湖口岸", 1)]
    [InlineData("0042", 1)]                  // four digits of a note's number
    [InlineData("jj-00042", 1)]
    [InlineData("HT-JJ-00042", 1)]
    [InlineData("9144030000000", 300)]     // the beginning of credit codes
    [InlineData("没有这家", 0)]
    [InlineData("%", 0)]
    [InlineData("_", 0)]
    [InlineData("'; drop table loan.loan; --", 0)]
    [InlineData("42", 3)]                    // 00042, 00142, 00242: too short for the index, found among the newest
    public async Task Search_ByParts_FindsTheLoans(string term, int found)
    {
        ListLoans.Page page = await ListAsync(new LoanFilter { Search = term }, LoanOrder.Newest, null, 1000);

        page.Rows.Count.ShouldBe(found);
        page.Total.ShouldBe(found);
    }

    [Fact]
    public async Task Search_ByACreditCode_FindsItsBorrower()
    {
        ListLoans.Page page = await ListAsync(new LoanFilter { Search = LoanRows.CreditCode(7).ToLowerInvariant() }, LoanOrder.Newest, null, 10);

        page.Rows.ShouldHaveSingleItem().BorrowerIdShown.ShouldBe(LoanRows.CreditCode(7));
    }

    [Fact]
    public async Task Search_OfAnotherBank_FindsNothing()
    {
        TestActor stranger = await Portal.MakerAsync("B002");

        foreach (string term in (string[])["罗湖", "0042", "9144030", "JJ-00042"])
        {
            (await Portal.SendAsync(stranger, new ListLoans.Query(new LoanFilter { Search = term }))).Rows.ShouldBeEmpty(term);
        }
    }

    [Fact]
    public async Task Reviewer_SeesAllBanks_AndOneWhenAsked()
    {
        TestActor reviewer = await Portal.ReviewerAsync();

        (await Portal.SendAsync(reviewer, new ListLoans.Query(new LoanFilter()))).Total.ShouldBe(Count);
        (await Portal.SendAsync(reviewer, new ListLoans.Query(new LoanFilter { Search = "罗湖" }))).Rows.Count.ShouldBe(1);
        (await Portal.SendAsync(reviewer, new ListLoans.Query(new LoanFilter { Bank = Portal.Bank("B002") }))).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_IsTheList_RowByRow_AndRunsNothing()
    {
        LoanFilter filter = new() { PrincipalFrom = 250_000_00 };
        ListLoans.Page page = await ListAsync(filter, LoanOrder.Largest, null, 1000);

        await using FileStream file = await Portal.SendAsync(fixture.Maker, new ExportLoans.Command(filter, LoanOrder.Largest, false, "金额不少于 25 万元"));

        using ISheetRows rows = SheetReader.Open(file, "export.xlsx");
        int note = rows.Header.ToList().IndexOf("借据编号"), sum = rows.Header.ToList().IndexOf("贷款金额（折人民币）"), name = rows.Header.ToList().IndexOf("借款人名称");
        List<(string?, string?, string?)> exported = [];
        while (rows.Read())
        {
            rows.Problems.Count.ShouldBe(0, "a formula would be a problem of its cell");
            exported.Add((rows.Cells[note], rows.Cells[name], rows.Cells[sum]));
        }

        exported.Select(r => r.Item1).ShouldBe(page.Rows.Select(r => r.NoteNo));
        exported.Select(r => decimal.Parse(r.Item3!, CultureInfo.InvariantCulture)).ShouldBe(page.Rows.Select(r => r.PrincipalFen / 100m));
        exported.ShouldContain(r => r.Item2!.Contains("+1 公式", StringComparison.Ordinal), "the hostile name is there, as text");
    }

    private Task<ListLoans.Page> ListAsync(LoanFilter filter, LoanOrder order, string? after, int size) =>
        Portal.SendAsync(fixture.Maker, new ListLoans.Query(filter, order, after, Size: size));

    public sealed class Fixture : IAsyncLifetime
    {
        public TestPortal Portal { get; private set; } = null!;

        public TestActor Maker { get; private set; } = null!;

        public IReadOnlyList<ListLoans.Row> All { get; private set; } = [];

        public long PrincipalFen { get; private set; }

        public async Task InitializeAsync()
        {
            Portal = await TestPortal.OpenAsync();
            Maker = await Portal.MakerAsync();
            // Few different dates and amounts, so that the id decides often; quarters 2025Q4 and 2026Q1.
            ImportRun.Answer answer = await Portal.ImportAsync(Maker, ImportKind.Loans, LoanRows.Csv(Enumerable.Range(1, Count).Select(n => LoanRows.Sound(
                "JJ-" + n.ToString("D5", CultureInfo.InvariantCulture),
                ("borrower_name", n == 42 ? "罗湖口岸贸易有限公司" : n == 43 ? "+1 公式贸易" : n == 44 ? "@SUM 贸易" : "示例科技有限公司"), ("borrower_id", LoanRows.CreditCode(n)),
                ("loan_date", n % 3 == 0 ? "2025-12-20" : n % 3 == 1 ? "2026-01-05" : "2026-01-10"), ("maturity_date", n % 2 == 0 ? "2026-12-31" : "2027-06-30"),
                ("principal", (100_000 + (n % 5 * 50_000)).ToString(CultureInfo.InvariantCulture)), ("borrower_kind", n % 10 == 0 ? "micro" : "small"),
                ("branch", n % 4 == 0 ? "福田支行" : "南山支行"), ("annual_rate", n % 50 == 0 ? "0.0999" : "0.0365")))), asOf: "2026-01-20");
            answer.FirstErrors.ShouldBeEmpty();
            await Portal.ImportAsync(Maker, ImportKind.Classes, "note_no,risk_class,class_date,outstanding_principal,overdue_days\n"
                + string.Concat(Enumerable.Range(1, 12).Select(n => $"JJ-{n:D5},{(n % 2 == 0 ? "substandard" : "special_mention")},2026-03-01,100000.00,\n")));
            All = (await Portal.SendAsync(Maker, new ListLoans.Query(new LoanFilter(), Size: 1000))).Rows;
            PrincipalFen = Enumerable.Range(1, Count).Sum(n => (100_000L + (n % 5 * 50_000)) * 100);
        }

        public async Task DisposeAsync() => await Portal.DisposeAsync();
    }
}
