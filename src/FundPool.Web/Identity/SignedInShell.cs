using FundPool.Application.Home;
using FundPool.Application.Messages;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using MediatR;
using Microsoft.AspNetCore.Diagnostics;

namespace FundPool.Web.Identity;

/// <summary>The frame for the person who is signed in: the menu shows what the person may open, and nothing else.</summary>
internal sealed class SignedInShell(IText text, WaitingCounts counts, IMediator mediator) : IShellSource
{
    public async ValueTask<ShellView> Read(HttpContext context, CancellationToken ct)
    {
        if (SignedIn.Of(context) is not { } who)
        {
            return new ShellView();
        }

        string back = HttpMethods.IsGet(context.Request.Method) ? Query.Here(context.Request) : "/";
        CountWaiting.Answer? waiting = await WaitingAsync(context, who, ct);
        CountMessages.Answer? inbox = IsOfAnError(context) ? null : await counts.ReadInboxAsync(who.Session.PersonId, mediator, ct);
        return new ShellView
        {
            Person = who.Session.FullName,
            Role = text.Of(who.Session.Roles, who.Session.Kind),
            Organisation = who.Session.OrganisationName,
            Pool = who.Session.PoolId == 0 ? null : text.IsEnglish ? who.Session.PoolNameEn : who.Session.PoolName,
            UnreadNotices = inbox?.Unread ?? 0,
            NoticesHref = "/messages?part=all",
            AccountHref = "/account",
            SignOutHref = "/sign-out",
            Session = new SessionClock(who.Session.Ends, "/session/keep", $"/sign-in?ended=idle&return={Uri.EscapeDataString(back)}"),
            Menu = [.. PortalMenu.Entries.Where(entry => who.Permissions.Contains(entry.Permission)).Select(entry => Counted(entry.Item, waiting, inbox))],
        };
    }

    // The page of an error asks the database nothing: it may be what failed.
    private async Task<CountWaiting.Answer?> WaitingAsync(HttpContext context, SignedIn who, CancellationToken ct) =>
        who.Permissions.Contains(Permission.ReadStandings) && !IsOfAnError(context)
            ? await counts.ReadAsync(who.Session.OrganisationId, mediator, ct)
            : null;

    private static bool IsOfAnError(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>() is not null;

    private static MenuItem Counted(MenuItem item, CountWaiting.Answer? waiting, CountMessages.Answer? inbox) => item.Href == "/messages" ? item with { Count = inbox?.Todo } : (item.Href, waiting) switch
    {
        ("/imports", { } known) => item with { Count = known.Imports },
        ("/claims", { } known) => item with { Count = known.Claims },
        ("/batches", { } known) => item with { Count = known.Approved },
        ("/notices", { } known) => item with { Count = known.Notices },
        ("/objections", { } known) => item with { Count = known.Objections },
        ("/plans", { } known) => item with { Count = known.Plans },
        ("/corrections", { } known) => item with { Count = known.Corrections },
        ("/reviews", { } known) => item with { Count = known.Reviews },
        ("/reviews?tray=Chief", { } known) => item with { Count = known.Decisions },
        ("/payments", { } known) => item with { Count = known.Payments },
        ("/ledger", { } known) => item with { Count = known.Receipts },
        _ => item,
    };
}

/// <summary>The left menu, in order, each entry with the permission that opens it.</summary>
internal static class PortalMenu
{
    public static IReadOnlyList<(Permission Permission, MenuItem Item)> Entries { get; } =
    [
        (Permission.SignedIn, new MenuItem("", Key.Of("首页"), "home", "/")),
        (Permission.SignedIn, new MenuItem("", Key.Of("消息与待办"), "inbox", "/messages")),
        (Permission.ReadClaims, new MenuItem("", Key.Of("期限"), "clock", "/deadlines")),
        (Permission.ReadLoans, new MenuItem(Key.Of("业务"), Key.Of("贷款项目库"), "stack-2", "/loans")),
        (Permission.RegisterLoans, new MenuItem(Key.Of("业务"), Key.Of("登记贷款"), "plus", "/loans/register")),
        (Permission.ReadLoans, new MenuItem(Key.Of("业务"), Key.Of("批量导入"), "file-import", "/imports")),
        (Permission.ReadLoans, new MenuItem(Key.Of("业务"), Key.Of("更正申请"), "plus-minus", "/corrections")),
        (Permission.ReadClaims, new MenuItem(Key.Of("业务"), Key.Of("补偿申请"), "coins", "/claims")),
        (Permission.PrepareNotices, new MenuItem(Key.Of("业务"), Key.Of("公示批次"), "stack-2", "/batches")),
        (Permission.ReadClaims, new MenuItem(Key.Of("业务"), Key.Of("公示"), "file-text", "/notices")),
        (Permission.HandleObjections, new MenuItem(Key.Of("业务"), Key.Of("异议与投诉"), "flag", "/objections")),
        (Permission.ReadPayments, new MenuItem(Key.Of("业务"), Key.Of("资助计划"), "clipboard-list", "/plans")),
        (Permission.ReviewClaims, new MenuItem(Key.Of("业务"), Key.Of("补偿初审"), "clipboard-check", "/reviews")),
        (Permission.DecideReviews, new MenuItem(Key.Of("业务"), Key.Of("补偿审定"), "checks", "/reviews?tray=Chief")),
        (Permission.ReadPayments, new MenuItem(Key.Of("资金"), Key.Of("拨付"), "coins", "/payments")),
        (Permission.ReadLedger, new MenuItem(Key.Of("资金"), Key.Of("资金账"), "currency-yuan", "/ledger")),
        (Permission.ReadStandings, new MenuItem(Key.Of("监管"), Key.Of("不良率监测"), "chart-bar", "/standings")),
        (Permission.ReadStandings, new MenuItem(Key.Of("监管"), Key.Of("加盟银行"), "building-bank", "/members")),
        (Permission.ReadRulebooks, new MenuItem(Key.Of("监管"), Key.Of("制度与规则"), "gavel", "/rulebooks")),
        (Permission.ReadAudit, new MenuItem(Key.Of("监管"), Key.Of("操作记录"), "history", "/audit")),
        (Permission.ManageOwnPeople, new MenuItem(Key.Of("管理"), Key.Of("人员与岗位"), "users", "/people")),
        (Permission.ManageOrganisations, new MenuItem(Key.Of("管理"), Key.Of("机构"), "building-bank", "/organisations")),
        (Permission.ManageReferenceData, new MenuItem(Key.Of("管理"), Key.Of("工作日历"), "calendar", "/reference/calendar")),
        (Permission.ManageReferenceData, new MenuItem(Key.Of("管理"), Key.Of("贷款市场报价利率"), "currency-yuan", "/reference/rates")),
        (Permission.WatchJobs, new MenuItem(Key.Of("管理"), Key.Of("后台任务"), "refresh", "/jobs")),
    ];
}
