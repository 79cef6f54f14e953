namespace FundPool.Web.Design.Shell;

/// <summary>What a view tells the frame round it. Injected into every view as <c>Page</c>.</summary>
public sealed class PortalPage
{
    private readonly List<Crumb> crumbs = [];

    /// <summary>The heading of the page and the title of the window.</summary>
    public string Title { get; set; } = "";

    /// <summary>One line under the heading: what this page is for, or what it is about.</summary>
    public string? Lead { get; set; }

    /// <summary>Name and time across the page; on every page with personal data.</summary>
    public bool Watermark { get; set; }

    /// <summary>A form reads better in a narrow column; tables take the whole width.</summary>
    public bool Narrow { get; set; }

    /// <summary>A view that draws its own heading says so.</summary>
    public bool HideHeading { get; set; }

    public IReadOnlyList<Crumb> Crumbs => crumbs;

    /// <summary>Adds a step of the path to this page; the page itself is added by the frame.</summary>
    public PortalPage Under(string text, string href)
    {
        crumbs.Add(new Crumb(text, href));
        return this;
    }
}

public sealed record Crumb(string Text, string Href);
