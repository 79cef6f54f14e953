using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FundPool.Application.Notices;

/// <summary>
/// What was published and issued, as text and digest, and read again. A content never changes under its digest, so that each is parsed
/// once and kept: many people look at few notices.
/// </summary>
public sealed class FrozenPapers
{
    private const int Most = 200;

    // Chinese stays readable in the table; everything that shows it escapes it itself.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<(Type, string), object> known = new();

    /// <summary>The text to keep and its digest.</summary>
    public static (string Content, string Sha256) Freeze<T>(T content)
    {
        string text = JsonSerializer.Serialize(content, Json);
        return (text, Digest(text));
    }

    public static string Digest(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public T? Find<T>(string sha256) where T : class => known.GetValueOrDefault((typeof(T), sha256)) as T;

    public T Read<T>(string content, string sha256) where T : class
    {
        if (known.Count >= Most)
        {
            known.Clear();
        }

        return (T)known.GetOrAdd((typeof(T), sha256), static (_, text) => JsonSerializer.Deserialize<T>(text, Json)!, content);
    }
}
