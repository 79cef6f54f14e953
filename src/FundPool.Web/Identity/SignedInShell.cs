using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Identity;

/// <summary>The frame for the person who is signed in: the menu shows what the person may open, and nothing else.</summary>
internal sealed class SignedInShell(IText text) : IShellSource
{
    public ValueTask<ShellView> Read(HttpContext context, CancellationToken ct)
    {
        if (SignedIn.Of(context) is not { } who)
        {
            return ValueTask.FromResult(new ShellView());
        }

        string back = HttpMethods.IsGet(context.Request.Method) ? Query.Here(context.Request) : "/";
        return ValueTask.FromResult(new ShellView
        {
            Person = who.Session.FullName,
            Role = text.Of(who.Session.Roles, who.Session.Kind),
            Organisation = who.Session.OrganisationName,
            Pool = who.Session.PoolId == 0 ? null : text.IsEnglish ? who.Session.PoolNameEn : who.Session.PoolName,
            AccountHref = "/account",
            SignOutHref = "/sign-out",
            Session = new SessionClock(who.Session.Ends, "/session/keep", $"/sign-in?ended=idle&return={Uri.EscapeDataString(back)}"),
            Menu = [.. PortalMenu.Entries.Where(entry => who.Permissions.Contains(entry.Permission)).Select(entry => entry.Item)],
        });
    }
}

/// <summary>The left menu, in order; each capability adds its entry with the permission that opens it.</summary>
internal static class PortalMenu
{
    public static IReadOnlyList<(Permission Permission, MenuItem Item)> Entries { get; } =
    [
        (Permission.SignedIn, new MenuItem("", Key.Of("首页"), "home", "/")),
        (Permission.ReadLoans, new MenuItem(Key.Of("业务"), Key.Of("贷款项目库"), "stack-2", "/loans")),
        (Permission.RegisterLoans, new MenuItem(Key.Of("业务"), Key.Of("登记贷款"), "plus", "/loans/register")),
        (Permission.ReadLoans, new MenuItem(Key.Of("业务"), Key.Of("更正"), "plus-minus", "/corrections")),
        (Permission.ManageOwnPeople, new MenuItem(Key.Of("管理"), Key.Of("人员与岗位"), "users", "/people")),
        (Permission.ManageOrganisations, new MenuItem(Key.Of("管理"), Key.Of("机构"), "building-bank", "/organisations")),
    ];
}
