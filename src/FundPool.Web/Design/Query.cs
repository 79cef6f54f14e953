using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace FundPool.Web.Design;

/// <summary>Links to the page one is on with something changed: the state of a list lives in its address.</summary>
public static class Query
{
    /// <summary>The present address with these parameters set; a null value takes one out.</summary>
    public static string With(HttpRequest request, params (string Name, string? Value)[] changes)
    {
        HashSet<string> changed = [.. changes.Select(change => change.Name)];
        QueryBuilder query = [];
        foreach ((string name, StringValues values) in request.Query.Where(pair => !changed.Contains(pair.Key)))
        {
            query.Add(name, values.Where(value => !string.IsNullOrEmpty(value))!);
        }

        foreach ((string name, string? value) in changes)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return $"{request.PathBase}{request.Path}{query.ToQueryString()}";
    }

    /// <summary>The present address without one value of one parameter, as a filter chip's cross needs it.</summary>
    public static string Without(HttpRequest request, string name, string? value = null)
    {
        string[] left = value is null
            ? []
            : [.. request.Query[name].OfType<string>().Where(given => given != value)];
        return With(request, [(name, null), .. left.Select(given => (name, (string?)given))]);
    }

    /// <summary>Where the present page is, to come back to it.</summary>
    public static string Here(HttpRequest request) => $"{request.PathBase}{request.Path}{request.QueryString}";
}
