using Microsoft.AspNetCore.Http.Metadata;

namespace FundPool.Web.Design;

/// <summary>
/// Two courtesies to uploads: one that is too large is refused before it is read, and a script that shows the
/// progress is told where to go instead of being sent there (it would follow the redirect itself and use up the
/// flash message).
/// </summary>
internal static class UploadAnswers
{
    public const string AskedBy = "X-Upload";
    public const string Location = "X-Location";

    public static Task RefuseTooLarge(HttpContext context, RequestDelegate next)
    {
        long? limit = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize;
        if (limit is { } max && context.Request.ContentLength > max)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        return next(context);
    }

    public static Task TellRedirect(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.ContainsKey(AskedBy))
        {
            context.Response.OnStarting(static state => Tell((HttpContext)state), context);
        }

        return next(context);
    }

    private static Task Tell(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (response.StatusCode is 302 or 303 && response.Headers.Location.Count > 0)
        {
            response.Headers[Location] = response.Headers.Location;
            response.Headers.Remove("Location");
            response.StatusCode = StatusCodes.Status200OK;
        }

        return Task.CompletedTask;
    }
}
