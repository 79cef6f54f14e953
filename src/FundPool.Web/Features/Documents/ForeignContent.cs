using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace FundPool.Web.Features.Documents;

/// <summary>A file that somebody sent, given out again: it may show itself and do nothing.</summary>
internal static class ForeignContent
{
    private const string ForPictures = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
    private const string ForPdf = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    /// <summary>Pictures and PDF in the browser, anything else and what is asked for as a download as a file.</summary>
    public static FileStreamResult Of(ControllerBase controller, Stream content, string name, string contentType, bool download)
    {
        if (download || contentType is not ("application/pdf" or "image/jpeg" or "image/png"))
        {
            controller.Response.Headers.ContentSecurityPolicy = ForPictures;
            return controller.File(content, contentType, name);
        }

        controller.Response.Headers.ContentSecurityPolicy = contentType == "application/pdf" ? ForPdf : ForPictures;
        ContentDispositionHeaderValue shown = new("inline");
        shown.SetHttpFileName(name);
        controller.Response.Headers.ContentDisposition = shown.ToString();
        return controller.File(content, contentType);
    }
}
