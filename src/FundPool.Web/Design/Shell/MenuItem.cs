namespace FundPool.Web.Design.Shell;

/// <summary>
/// One entry of the left menu: <c>new MenuItem(Key.Of("业务"), Key.Of("贷款项目库"), "stack", "/loans")</c>.
/// </summary>
/// <param name="Section">The heading it stands under, as a text key.</param>
/// <param name="Label">Its text, as a text key.</param>
/// <param name="Icon">The name of a file in Design/Icons.</param>
/// <param name="Href">Where it leads; the entry with the longest path that the request begins with is the current one.</param>
/// <param name="Count">A number to show beside it, such as open tasks.</param>
public sealed record MenuItem(string Section, string Label, string Icon, string Href, int? Count = null)
{
    /// <summary>The one entry that the path belongs to.</summary>
    public static MenuItem? Current(IEnumerable<MenuItem> menu, PathString path) =>
        menu.Where(item => item.Href == "/" ? path == "/" : path.StartsWithSegments(item.Href.Split('?')[0]))
            .MaxBy(item => item.Href.Length);
}
