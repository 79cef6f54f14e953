namespace FundPool.Web.Design.Shell;

/// <summary>Who looks at the page, for whom, and how long the session lasts: what the frame round every page shows.</summary>
public sealed record ShellView
{
    /// <summary>The person's name; null when nobody is signed in.</summary>
    public string? Person { get; init; }

    /// <summary>The person's role in the organisation, already in the language of the page: 经办, 复核 …</summary>
    public string? Role { get; init; }

    public string? Organisation { get; init; }

    /// <summary>The pool that is looked at, where the organisation works in one.</summary>
    public string? Pool { get; init; }

    public int UnreadNotices { get; init; }

    public string? NoticesHref { get; init; }

    public string? AccountHref { get; init; }

    public string SignInHref { get; init; } = "/sign-in";

    /// <summary>Where the sign-out button posts to.</summary>
    public string? SignOutHref { get; init; }

    public SessionClock? Session { get; init; }

    /// <summary>The entries of the menu that this person may open, in order.</summary>
    public IReadOnlyList<MenuItem> Menu { get; init; } = [];
}

/// <summary>When the session ends, what prolongs it (an empty POST that answers <c>{"ends":"…"}</c>), and where one lands after it.</summary>
public sealed record SessionClock(DateTimeOffset Ends, string KeepHref, string ExpiredHref);

/// <summary>Fills the frame. The room that knows people replaces the default: <c>services.AddScoped&lt;IShellSource, …&gt;()</c>.</summary>
public interface IShellSource
{
    ValueTask<ShellView> Read(HttpContext context, CancellationToken ct);
}

/// <summary>The frame while nobody can sign in.</summary>
internal sealed class NobodyYet : IShellSource
{
    public ValueTask<ShellView> Read(HttpContext context, CancellationToken ct) => ValueTask.FromResult(new ShellView());
}
