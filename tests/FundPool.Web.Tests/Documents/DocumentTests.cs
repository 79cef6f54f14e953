using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using FundPool.Web.Tests.Loans;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Documents;

public sealed class DocumentTests : IAsyncLifetime
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF\n");

    private LoanDesk desk = null!;
    private Visitor maker = null!;
    private string loan = "";

    public async Task InitializeAsync()
    {
        desk = await LoanDesk.OpenAsync();
        maker = await desk.Portal.SignedInAsync(desk.Maker);
        loan = await LoanDesk.RegisterAsync(maker);
    }

    public async Task DisposeAsync()
    {
        maker.Dispose();
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task AttachDocument_Pdf_IsShownInlineAndCanDoNothing()
    {
        Page sent = await SendAsync(Pdf, "借据影像.pdf", "借据影像");

        sent.Location.ShouldBe(loan);
        Page document = await maker.GetAsync(DocumentIn(await maker.GetAsync(loan)));
        document.Headers["Content-Type"].ShouldBe("application/pdf");
        document.Headers["Content-Disposition"].ShouldStartWith("inline");
        document.Headers["Content-Security-Policy"].ShouldContain("default-src 'none'");
        document.Headers["Content-Security-Policy"].ShouldNotContain("script-src");
    }

    [Fact]
    public async Task AttachDocument_PageInDisguise_IsRefusedAtTheFile()
    {
        Page page = await SendAsync(Encoding.ASCII.GetBytes("<script>alert(1)</script>"), "影像.pdf", "借据影像");

        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text.ShouldContain("只接受 PDF、JPG、PNG、Word（.docx）和 Excel（.xlsx）文件");
        page.Text.ShouldContain("value=\"借据影像\"");
    }

    [Fact]
    public async Task WithdrawDocument_Own_IsGoneFromThePage()
    {
        await SendAsync(Pdf, "a.pdf", "借据影像");
        string document = DocumentIn(await maker.GetAsync(loan));

        Page withdrawn = await maker.PostAsync(loan, [], $"{document}/withdraw");

        withdrawn.Location.ShouldBe(loan);
        (await maker.GetAsync(document)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task OpenDocument_OfAnotherBank_IsNotFound()
    {
        await SendAsync(Pdf, "a.pdf", "借据影像");
        string document = DocumentIn(await maker.GetAsync(loan));
        using Visitor other = await desk.Portal.SignedInAsync(desk.OtherBank);
        using Visitor reviewer = await desk.Portal.SignedInAsync(desk.Reviewer);

        (await other.GetAsync(document)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.PostAsync("/loans", [], $"{document}/withdraw")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await reviewer.GetAsync(document)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static string DocumentIn(Page page) => Regex.Match(page.Text, "/documents/\\d+/\\d+(?=\" target)").Value;

    private async Task<Page> SendAsync(byte[] content, string name, string title)
    {
        using MultipartFormDataContent form = new();
        using ByteArrayContent file = new(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(new StringContent((await maker.GetAsync(loan)).Token), "__RequestVerificationToken");
        form.Add(new StringContent(title), "title");
        form.Add(file, "file", name);
        using HttpRequestMessage request = new(HttpMethod.Post, loan.Replace("/loans/", "/documents/", StringComparison.Ordinal)) { Content = form };
        return await maker.SendAsync(request);
    }
}
