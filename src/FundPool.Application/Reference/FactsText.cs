using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Calendar;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Reference;

/// <summary>
/// The rules and facts of a moment as one text with its digest: calendar and prime rates as the administrator kept them, the rulebook in
/// force and the digest of each rulebook's text. Kept once a distinct state, so that a past ruling can be made again from the same facts.
/// </summary>
public sealed record FactsText(string Content, string Hash)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal sealed record Kept(string Home, IReadOnlyDictionary<string, string> Rulebooks, IReadOnlyList<HolidayRow> Calendar, IReadOnlyList<KeptRate> Rates);

    internal sealed record KeptRate(DateOnly PublishedOn, string OneYear, string FiveYears);

    /// <summary>The text of these rules and facts; the same state always gives the same text.</summary>
    public static FactsText Of(RulebookSet rulebooks, IEnumerable<HolidayRow> calendar, IEnumerable<LprRow> rates) => Write(new Kept(
        rulebooks.Home.Code,
        new SortedDictionary<string, string>(rulebooks.All.ToDictionary(book => book.Code, book => Digest(RulebookSet.EmbeddedText(book.Code))), StringComparer.Ordinal),
        [.. calendar.OrderBy(row => row.Date)],
        [.. rates.OrderBy(row => row.PublishedOn).Select(row => new KeptRate(row.PublishedOn, row.OneYear.ToString(), row.FiveYears.ToString()))]));

    /// <summary>Keeps the state that a ruling rested on, once.</summary>
    public Task KeepAsync(FundPoolDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"insert into reference.snapshot (hash, content) values ({Hash}, {Content}::jsonb) on conflict do nothing", ct);

    /// <summary>The rules and facts of a kept state again.</summary>
    /// <param name="IsIntact">The content still has the digest that it was kept under, and the program's rulebooks are the ones that were in force.</param>
    public sealed record Restored(RulebookSet Rulebooks, ReferenceData Facts, bool IsIntact);

    /// <summary>Reads a kept state.</summary>
    public static Restored Restore(FactsSnapshot snapshot, string pool)
    {
        Kept kept = JsonSerializer.Deserialize<Kept>(snapshot.Content, Json) ?? throw new InvalidOperationException("An empty snapshot.");
        RulebookSet all = RulebookSet.Embedded(pool) ?? throw new InvalidOperationException($"The pool {pool} has no rulebook.");
        RulebookSet then = all.WithHome(kept.Home) ?? throw new InvalidOperationException($"The rulebook {kept.Home} is not there any more.");
        bool sameRules = kept.Rulebooks.All(book => then.Find(book.Key) is not null && Digest(RulebookSet.EmbeddedText(book.Key)) == book.Value);
        FactsText again = Write(kept with { Rulebooks = new SortedDictionary<string, string>(kept.Rulebooks.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) });
        ReferenceData facts = new(
            new WorkingCalendar(kept.Calendar),
            new LprTable(kept.Rates.Select(rate => new LprRow(rate.PublishedOn, RateOf(rate.OneYear), RateOf(rate.FiveYears)))),
            SizeClasses.Embedded(),
            RiskClassTable.Embedded());
        return new Restored(then, facts, sameRules && again.Hash == snapshot.Hash);
    }

    private static Rate RateOf(string text) => Rate.TryParse(text, out Rate rate) ? rate : throw new InvalidOperationException($"The kept rate {text} is no rate.");

    private static FactsText Write(Kept kept)
    {
        string content = JsonSerializer.Serialize(kept, Json);
        return new FactsText(content, Digest(content));
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
