using System.Text.Encodings.Web;
using System.Text.Unicode;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.DependencyInjection.Extensions;
using HeaderNames = Microsoft.Net.Http.Headers.HeaderNames;

namespace FundPool.Web.Design;

/// <summary>All that the look of the portal needs, in three lines of Program.cs.</summary>
public static class PortalDesign
{
    public static IServiceCollection AddPortalDesign(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton(PortalMode.Read(configuration));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IText, PortalText>();
        services.TryAddScoped<IShellSource, NobodyYet>();
        services.AddScoped<PortalPage>();
        services.AddHttpContextAccessor();
        services.AddRequestLocalization(Languages.Configure);

        // Chinese as Chinese: entities would triple the size of a page and hide it from whoever reads the source.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));

        services.AddAntiforgery(options =>
        {
            // The __Host- prefix needs https, which a demonstration on 127.0.0.1 does not have.
            options.Cookie.Name = environment.IsProduction() ? "__Host-fp-form" : "fp-form";
            options.Cookie.SecurePolicy = environment.IsProduction() ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookieTempDataProviderOptions>(options => options.Cookie.Name = "fp-flash");

        // Only our own files are compressed; a page with a secret in it never is (BREACH).
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/css", "text/javascript", "application/javascript", "image/svg+xml"];
        });

        services.AddControllersWithViews(options =>
            {
                options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
                // What is required is said by each use case's validator, with a sentence of its own.
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                options.ModelBinderProviders.Insert(0, new ForgivingBinders());
                BindingMessages.Configure(options.ModelBindingMessageProvider);
            })
            .AddApplicationPart(typeof(PortalDesign).Assembly);
        services.Configure<RazorViewEngineOptions>(options =>
        {
            options.ViewLocationFormats.Clear();
            options.ViewLocationFormats.Add("/Features/{1}/{0}.cshtml");
            options.ViewLocationFormats.Add("/Features/Shared/{0}.cshtml");
        });
        return services;
    }

    /// <summary>First in the pipeline: headers for every answer, also those of error pages and files.</summary>
    public static IApplicationBuilder UsePortalHeaders(this WebApplication app)
    {
        app.Use((context, next) => PortalHeaders.Add(context, next));
        if (app.Environment.IsProduction())
        {
            app.UseHsts();
        }

        return app;
    }

    /// <summary>Errors as pages, files, language, routing. Authentication and what follows come after it.</summary>
    public static IApplicationBuilder UsePortalPages(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            StatusCodeSelector = error => error is BadHttpRequestException refused ? refused.StatusCode : 500,
        });
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/api"),
            pages => pages.UseStatusCodePagesWithReExecute("/error/{0}"));
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = KeepFingerprinted });
        app.UseRouting();
        app.Use((context, next) => UploadAnswers.RefuseTooLarge(context, next));
        app.Use((context, next) => UploadAnswers.TellRedirect(context, next));
        return app;
    }

    private static void KeepFingerprinted(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext file) =>
        file.Context.Response.Headers[HeaderNames.CacheControl] = file.Context.Request.Query.ContainsKey("v")
            ? "public, max-age=31536000, immutable"
            : "public, max-age=300";
}
