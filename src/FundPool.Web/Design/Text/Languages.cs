using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace FundPool.Web.Design.Text;

/// <summary>
/// Chinese unless the person has chosen English by the switch in the top bar. What the browser asks for is not
/// looked at: a bank's imported browser often asks for English although its clerk reads Chinese.
/// </summary>
public static class Languages
{
    public const string Cookie = "fp-lang";
    public const string Zh = "zh";
    public const string En = "en";

    internal static readonly CultureInfo Chinese = WithIsoDates("zh-CN");
    internal static readonly CultureInfo English = WithIsoDates("en-US");

    internal static void Configure(RequestLocalizationOptions options)
    {
        options.DefaultRequestCulture = new RequestCulture(Chinese);
        options.SupportedCultures = [Chinese, English];
        options.SupportedUICultures = [Chinese, English];
        options.RequestCultureProviders = [new CustomRequestCultureProvider(Chosen)];
    }

    private static Task<ProviderCultureResult?> Chosen(HttpContext context)
    {
        CultureInfo culture = context.Request.Cookies[Cookie] == En ? English : Chinese;
        return Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(culture.Name));
    }

    // Dates read yyyy-MM-dd in both languages, as on the bank's own forms.
    private static CultureInfo WithIsoDates(string name)
    {
        CultureInfo culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.DateTimeFormat.ShortDatePattern = "yyyy-MM-dd";
        culture.DateTimeFormat.LongDatePattern = "yyyy-MM-dd";
        culture.DateTimeFormat.LongTimePattern = "HH:mm:ss";
        culture.DateTimeFormat.ShortTimePattern = "HH:mm";
        return culture;
    }
}
