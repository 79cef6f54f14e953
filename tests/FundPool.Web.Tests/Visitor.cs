using System.Net;
using System.Text.RegularExpressions;

namespace FundPool.Web.Tests;

/// <summary>A browser without the screen: keeps cookies, follows no redirect, sends a page's form back with its token.</summary>
public sealed class Visitor(HttpMessageHandler server, string address, bool secure = false) : IDisposable
{
    public static readonly Uri Base = new("http://portal.test");

    private readonly Uri origin = secure ? new Uri("https://portal.test") : Base;
    private readonly HttpClient client = new(server) { BaseAddress = secure ? new Uri("https://portal.test") : Base };

    public CookieContainer Cookies { get; } = new();

    public Task<Page> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Opens <paramref name="page"/> for its token and posts the fields to <paramref name="path"/> (the page itself when left out).</summary>
    public async Task<Page> PostAsync(string page, IEnumerable<(string Name, string Value)> fields, string? path = null)
    {
        string token = (await GetAsync(page)).Token;
        return await PostPlainAsync(path ?? page, [.. fields, ("__RequestVerificationToken", token)], page);
    }

    /// <summary>Posts as it is, without a token of its own.</summary>
    public Task<Page> PostPlainAsync(string path, IEnumerable<(string Name, string Value)> fields, string? from = null)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Referrer = new Uri(origin, from ?? path);
        return SendAsync(request);
    }

    /// <summary>Sends a page's form with a file in it.</summary>
    public Task<Page> UploadAsync(string page, string fileName, byte[] content, params IEnumerable<(string Name, string Value)> fields) => UploadToAsync(page, page, fileName, content, fields);

    /// <summary>Sends a form with a file that stands on one page and is answered by another.</summary>
    public async Task<Page> UploadToAsync(string page, string path, string fileName, byte[] content, params IEnumerable<(string Name, string Value)> fields)
    {
        string token = (await GetAsync(page)).Token;
        MultipartFormDataContent form = new() { { new ByteArrayContent(content), "file", fileName } };
        foreach ((string name, string value) in fields.Append(("__RequestVerificationToken", token)))
        {
            form.Add(new StringContent(value), name);
        }

        HttpRequestMessage request = new(HttpMethod.Post, path) { Content = form };
        request.Headers.Referrer = new Uri(origin, page);
        return await SendAsync(request);
    }

    /// <summary>Password and code, as a person does it. Answers with the last page.</summary>
    public async Task<Page> SignInAsync(Portal portal, TestPerson who, string? back = null)
    {
        Page page = await PostAsync("/sign-in", [("userName", who.UserName), ("password", Portal.Password), ("return", back ?? "")]);
        return page.Location?.StartsWith("/sign-in/code", StringComparison.Ordinal) == true
            ? await PostAsync(page.Location, [("code", portal.CodeOf(who)), ("return", back ?? "")], "/sign-in/code")
            : page;
    }

    public void Dispose() => client.Dispose();

    /// <summary>Any request, with the visitor's cookies.</summary>
    public async Task<Page> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Add("X-Test-Address", address);
        if (Cookies.GetCookieHeader(origin) is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? given))
        {
            foreach (string cookie in given)
            {
                Cookies.SetCookies(origin, cookie);
            }
        }

        return new Page(response.StatusCode, response.Headers.Location?.OriginalString, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()), [.. given ?? []])
        {
            Headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        };
    }
}

/// <summary>What came back.</summary>
public sealed partial record Page(HttpStatusCode Status, string? Location, string Text, IReadOnlyList<string> Cookies)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string Token => FormToken().Match(Text) is { Success: true } match
        ? match.Groups[1].Value
        : throw new InvalidOperationException($"The page has no form: {Status} {Location}");

    public string Between(string start, string end)
    {
        int from = Text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return Text[from..Text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
