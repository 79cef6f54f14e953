using System.Globalization;
using System.Text.Json;
using FundPool.Domain.Kernel;

namespace FundPool.Domain.Rulebooks;

/// <summary>One object of a rulebook's JSON. Every key must be asked for: a misspelt one stops the load instead of being ignored.</summary>
internal sealed class JsonPart(JsonElement element, string path)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public bool Has(string key) => element.TryGetProperty(key, out _);

    public string Text(string key) => Get(key).GetString() ?? throw Wrong(key, "is no text");

    public string? TextOrNone(string key) => Has(key) ? Text(key) : null;

    public int Number(string key) => Get(key).GetInt32();

    public bool Flag(string key) => Has(key) && Get(key).GetBoolean();

    public bool FlagOr(string key, bool otherwise) => Has(key) ? Get(key).GetBoolean() : otherwise;

    public DateOnly Day(string key) => DateOnly.ParseExact(Text(key), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public Money Money(string key) => Kernel.Money.Parse(Text(key));

    public Share Share(string key) => Kernel.Share.Parse(Text(key));

    public Article Article(string key = "article") => new(Text(key));

    public Words Words(string key) => Part(key, part => new Words(part.Text("zh"), part.Text("en")));

    public Template Template(string key) => new(Words(key));

    public Template? TemplateOrNone(string key) => Has(key) ? Template(key) : null;

    public string[] Texts(string key) => Has(key) ? [.. Get(key).EnumerateArray().Select(item => item.GetString() ?? throw Wrong(key, "holds no text"))] : [];

    public T Part<T>(string key, Func<JsonPart, T> read) => Read(Get(key), $"{path}.{key}", read);

    public T[] Parts<T>(string key, Func<JsonPart, T> read) =>
        Has(key) ? [.. Get(key).EnumerateArray().Select((item, i) => Read(item, $"{path}.{key}[{i}]", read))] : [];

    public IEnumerable<(string Key, string[] Texts)> Lists() =>
        element.EnumerateObject().Select(property => (property.Name, Texts(property.Name))).ToArray();

    public FormatException Wrong(string key, string what) => new($"{path}.{key} {what}.");

    public static T Read<T>(JsonElement element, string path, Func<JsonPart, T> read)
    {
        JsonPart part = new(element, path);
        T result = read(part);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!part.asked.Contains(property.Name))
            {
                throw new FormatException($"{path}.{property.Name} is nothing that a rulebook knows.");
            }
        }

        return result;
    }

    private JsonElement Get(string key)
    {
        asked.Add(key);
        return element.TryGetProperty(key, out JsonElement found) ? found : throw Wrong(key, "is missing");
    }
}
