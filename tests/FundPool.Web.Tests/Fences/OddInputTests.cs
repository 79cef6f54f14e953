using System.Net;
using FundPool.Domain.Tenancy;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Fences;

/// <summary>What nobody types and somebody sends: never a 500.</summary>
public sealed class OddInputTests : IAsyncLifetime
{
    private Portal portal = null!;
    private TestPerson maker = null!;
    private TestPerson auditor = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        maker = await portal.AddAsync("B001", "maker", Role.Maker);
        auditor = await portal.AddAsync("SJJ", "auditor", Role.Auditor);
    }

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Theory]
    [InlineData("/loans?q=%00")]
    [InlineData("/loans?q=a%00b")]
    [InlineData("/loans?branch=a%00b")]
    [InlineData("/loans?q=%F0%A0%AE%B7")]
    [InlineData("/loans?q=%E2%80%AE%D7%A9%25_%5C")]
    [InlineData("/loans?q=%FF%FE")]
    [InlineData("/imports?after=99999999999999999999")]
    public async Task List_AskedWithOddText_AnswersAsAlways(string path)
    {
        using Visitor visitor = await portal.SignedInAsync(maker);

        (await visitor.GetAsync(path)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/audit?person=a%00b")]
    [InlineData("/audit?entity=%00")]
    public async Task Record_AskedWithNul_AnswersAsAlways(string path)
    {
        using Visitor visitor = await portal.SignedInAsync(auditor);

        (await visitor.GetAsync(path)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/loans/draft?kind=0&key=")]
    [InlineData("/loans/draft?kind=REGISTER&key=")]
    [InlineData("/loans/draft/drop?kind=register&key=..%2F..")]
    [InlineData("/loans/draft/drop?kind=%E4%B8%AD")]
    public async Task Draft_OfAFormThatIsNone_IsRefused(string path)
    {
        using Visitor visitor = await portal.SignedInAsync(maker);

        (await visitor.PostAsync("/loans/register", [("NoteNo", "1")], path)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task UnmaskingPage_OfALoanThatIsNotThere_IsNotFound()
    {
        using Visitor visitor = await portal.SignedInAsync(maker);

        (await visitor.GetAsync($"/loans/{maker.Organisation}/4711/unmask")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
