using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace FundPool.Web.Identity;

/// <summary>
/// What holds for an endpoint that says nothing: somebody is signed in. The framework joins it to the requirements of
/// those that do say something, so it stands back where a permission is named.
/// </summary>
internal sealed class SomebodyUnlessAsked : IAuthorizationRequirement;

/// <summary>First fence on the way in: what the action asks for against what the person may.</summary>
internal sealed class AsksHandler(IHttpContextAccessor accessor, TimeProvider clock, AccountOptions options) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        SignedIn? who = accessor.HttpContext is { } http ? SignedIn.Of(http) : null;
        foreach (IAuthorizationRequirement requirement in context.PendingRequirements.ToArray())
        {
            bool met = requirement switch
            {
                AsksAttribute { Permission: Permission.Public } => true,
                AsksAttribute asks => who?.Permissions.Contains(asks.Permission) ?? false,
                SomebodyUnlessAsked => who is not null || accessor.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<AsksAttribute>() is not null,
                AsksFreshCodeAttribute => who?.Session.ConfirmedAt + options.Fresh > clock.GetUtcNow(),
                _ => false,
            };
            if (met)
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>What follows a no: the sign-in page, the code once more, or 403 with an entry in the record.</summary>
internal sealed class FenceAnswers(Denials denials) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler rest = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden && authorizeResult.AuthorizationFailure is { } failure && SignedIn.Of(context) is not null)
        {
            if (failure.FailedRequirements.All(requirement => requirement is AsksFreshCodeAttribute))
            {
                string target = $"/account/confirm?return={Uri.EscapeDataString(PageOf(context.Request))}";
                if (context.Request.Headers.ContainsKey("HX-Request"))
                {
                    context.Response.Headers["HX-Redirect"] = target;
                    return;
                }

                context.Response.Redirect(target);
                return;
            }

            await denials.RecordAsync(context, failure.FailedRequirements.OfType<AsksAttribute>().FirstOrDefault()?.Permission);
        }

        await rest.HandleAsync(next, context, policy, authorizeResult);
    }

    private static string PageOf(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method))
        {
            return request.PathBase + request.Path + request.QueryString;
        }

        return Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out Uri? page) && page.Authority == request.Host.Value ? page.PathAndQuery : "/";
    }
}

/// <summary>A no is written down: into the organisation's record, and into the log for whoever watches for many of them.</summary>
internal sealed partial class Denials(IServiceScopeFactory scopes, ILogger<Denials> log)
{
    public async Task RecordAsync(HttpContext context, Permission? permission)
    {
        if (SignedIn.Of(context) is not { } who)
        {
            return;
        }

        string path = string.Concat((context.Request.Path.Value ?? "").Take(200).Select(c => char.IsControl(c) ? '?' : c));
        Denied(log, who.Session.PersonId, who.Session.OrganisationId, context.Request.Method, path, permission);
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        FundPoolDb db = scope.ServiceProvider.GetRequiredService<FundPoolDb>();
        await using var transaction = await db.BeginAsync(who.Acting, new Cause("Denied", Trace: context.TraceIdentifier), CancellationToken.None);
        await db.NoteAsync("Denied", "tenancy.denial", $"{context.Request.Method} {path}", permission?.ToString(), CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>A use case said no although its page let the person in: the same 403, the same entry.</summary>
    public async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (PermissionDeniedException denied) when (!context.Response.HasStarted)
        {
            if (SignedIn.Of(context) is null)
            {
                await Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.ChallengeAsync(context);
                return;
            }

            await RecordAsync(context, denied.Permission);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Denied: person {Person} of organisation {Organisation}, {Method} {Path}, {Permission}")]
    private static partial void Denied(ILogger log, int person, int organisation, string method, string path, Permission? permission);
}
