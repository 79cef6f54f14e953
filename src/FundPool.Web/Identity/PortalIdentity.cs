using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Web.Design.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace FundPool.Web.Identity;

/// <summary>Who is who, in two lines of Program.cs: <c>AddPortalIdentity</c> before <c>AddFundPool</c>, <c>UsePortalIdentity</c> after <c>UsePortalPages</c>.</summary>
public static class PortalIdentity
{
    public static IServiceCollection AddPortalIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new AccountOptions
        {
            Profile = Enum.Parse<PasswordProfile>(configuration["FUNDPOOL_PASSWORD_PROFILE"] ?? nameof(PasswordProfile.DengBao), ignoreCase: true),
        });
        services.AddHttpContextAccessor();
        services.AddScoped<IActor, WebActor>();
        services.AddSingleton<PortalCookies>();
        services.AddSingleton<Denials>();
        services.AddSingleton<WaitingCounts>();
        services.AddScoped<IShellSource, SignedInShell>();
        services.AddAuthentication(SessionAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.Name, null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new SomebodyUnlessAsked()).Build());
        services.AddSingleton<IAuthorizationHandler, AsksHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, FenceAnswers>();
        return services;
    }

    public static WebApplication UsePortalIdentity(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        Denials denials = app.Services.GetRequiredService<Denials>();
        app.Use((context, next) => denials.CatchAsync(context, next));
        return app;
    }
}
