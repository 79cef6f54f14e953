using System.Text.Encodings.Web;
using System.Text.Json;

namespace FundPool.Cli.Verbs;

internal static class Output
{
    /// <summary>The contract's JSON: camelCase, Chinese readable.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
