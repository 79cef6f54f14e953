using System.Net;
using System.Text;
using FundPool.Data;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Imports;

/// <summary>A file's way through the pages: sent, checked by the worker, decided on, registered; and what others see of it.</summary>
public sealed class ImportPagesTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPerson maker = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        maker = await portal.AddAsync("B001", "maker", Role.Maker);
    }

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Upload_FileWithAFault_IsPreviewedAndRegisteredOnceDecided()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        string csv = LoanRows.Csv(LoanRows.Sound("JJ-1"), LoanRows.Sound("JJ-2"), LoanRows.Sound("JJ-3", ("annual_rate", "abc")));

        string batch = await SendAsync(visitor, csv);
        Page preview = await WaitAsync(visitor, batch, "等待确认");

        preview.Text.ShouldContain("登记这 2 笔");
        preview.Text.ShouldContain("玖佰万元整");
        preview.Text.ShouldContain("<td class=\"number\">4</td>");
        (await LoansAsync()).ShouldBe(0);

        Page decided = await visitor.PostAsync(batch, [("register", "true")], batch + "/decide");
        await visitor.PostAsync(batch, [("register", "true")], batch + "/decide");
        decided.Status.ShouldBe(HttpStatusCode.Found);
        Page registered = await WaitAsync(visitor, batch, "已登记 2 笔贷款");
        registered.Text.ShouldContain($"/loans?batch={batch.Split('/')[^1]}");
        (await LoansAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Upload_SameFileAgain_SaysSoAndRegistersNothing()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        string csv = LoanRows.Csv(LoanRows.Sound("JJ-1"));
        string first = await SendAsync(visitor, csv);
        await WaitAsync(visitor, first, "等待确认");
        await visitor.PostAsync(first, [("register", "true")], first + "/decide");
        await WaitAsync(visitor, first, "已登记 1 笔贷款");

        string second = await SendAsync(visitor, csv);
        Page preview = await WaitAsync(visitor, second, "等待确认");

        preview.Text.ShouldContain("这份文件以前登记过");
        preview.Text.ShouldContain("文件中的行都已在库中，内容相同，不需要登记。");
        preview.Text.ShouldNotContain("data-confirm=\"keep-import\"");
    }

    [Fact]
    public async Task Upload_NoFile_IsSaidAtTheField()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);

        Page page = await visitor.PostAsync("/imports/upload", [("Kind", "Loans"), ("AllOrNothing", "true")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("请选择要上传的文件");
        page.Text.ShouldContain("name=\"AllOrNothing\" type=\"checkbox\" value=\"true\"");
    }

    [Fact]
    public async Task Upload_LegacyWithoutReason_IsRefusedAtTheReason()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);

        Page page = await visitor.UploadAsync("/imports/upload", "补录.csv", Encoding.UTF8.GetBytes("x"), [("Kind", "Loans"), ("Legacy", "true")]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("补录须写明理由");
    }

    [Fact]
    public async Task Import_OfAnotherBank_IsNotFound()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        string batch = await SendAsync(visitor, LoanRows.Csv(LoanRows.Sound("JJ-1")));
        await WaitAsync(visitor, batch, "等待确认");
        using Visitor stranger = await portal.SignedInAsync(await portal.AddAsync("B002", "maker", Role.Maker));

        (await stranger.GetAsync(batch)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync(batch + "/file")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostAsync("/imports/upload", [("register", "true")], batch + "/decide")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Import_ReadByTheReviewer_ShowsNoPersonalNumberAndGivesNoFile()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);
        string csv = LoanRows.Csv(LoanRows.Sound("JJ-1", ("borrower_kind", "owner"), ("borrower_id", "440301199001011235"), ("borrower_name", "张伟"), ("product", "personal_business"), ("credit_line", "1000000.00")));
        string batch = await SendAsync(visitor, csv);
        await WaitAsync(visitor, batch, "440301199001011235");
        using Visitor reviewer = await portal.SignedInAsync(await portal.AddAsync("GXT", "officer", Role.Officer));

        Page page = await reviewer.GetAsync(batch);

        page.Text.ShouldContain("440301********1235");
        page.Text.ShouldNotContain("440301199001011235");
        page.Text.ShouldNotContain("/decide");
        (await reviewer.GetAsync(batch + "/file")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await reviewer.GetAsync(batch + "/errors")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("kind=loans&quarter=20261", HttpStatusCode.OK)]
    [InlineData("kind=classes", HttpStatusCode.OK)]
    [InlineData("kind=loans&quarter=20265", HttpStatusCode.NotFound)]
    [InlineData("kind=loans", HttpStatusCode.NotFound)]
    public async Task Template_OfAQuarter_IsThereForRealQuarters(string query, HttpStatusCode status)
    {
        using Visitor visitor = await portal.SignedInAsync(maker);

        (await visitor.GetAsync("/imports/template?" + query)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task UploadPage_InTheFirstQuarterOfTheYear_ShowsItsWindow()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);

        Page page = await visitor.GetAsync("/imports/upload");

        page.Text.ShouldContain("2026年第1季度");
        page.Text.ShouldContain("2026-04-22");
        page.Text.ShouldContain("2025年第4季度");
    }

    private static async Task<string> SendAsync(Visitor visitor, string csv)
    {
        Page sent = await visitor.UploadAsync("/imports/upload", "一季度.csv", Encoding.UTF8.GetBytes(csv), [("Kind", "Loans")]);
        sent.Status.ShouldBe(HttpStatusCode.Found);
        return sent.Location!;
    }

    private static async Task<Page> WaitAsync(Visitor visitor, string path, string until)
    {
        for (int i = 0; i < 150; i++)
        {
            Page page = await visitor.GetAsync(path);
            if (page.Text.Contains(until, StringComparison.Ordinal))
            {
                return page;
            }

            await Task.Delay(200);
        }

        throw new TimeoutException($"{path} never said “{until}”.");
    }

    private async Task<int> LoansAsync()
    {
        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        return await db.Loans.CountAsync();
    }
}
