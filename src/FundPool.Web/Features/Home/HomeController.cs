using FundPool.Application.AuditTrail;
using FundPool.Application.Home;
using FundPool.Application.Suspension;
using FundPool.Domain.Tenancy;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Home;

/// <summary>The first page: for each person the pieces that their permissions open.</summary>
[Route("/")]
[ResponseCache(NoStore = true)]
public sealed class HomeController(IMediator mediator) : Controller
{
    private const int LatestEvents = 8;

    [Asks(Permission.SignedIn)]
    [HttpGet("")]
    public async Task<IActionResult> ShowHome(CancellationToken ct)
    {
        SignedIn who = SignedIn.Of(HttpContext)!;
        bool bank = who.Session.Kind == OrganisationKind.Bank;
        bool May(Permission permission) => who.Permissions.Contains(permission);
        return View("ShowHome", new HomePage
        {
            Bank = bank && May(Permission.ReadLoans) ? await mediator.Send(new ShowBankHome.Query(), ct) : null,
            Authority = May(Permission.HandleObjections) ? await mediator.Send(new ShowAuthorityHome.Query(), ct) : null,
            Money = May(Permission.EnterReceipts) || May(Permission.ApproveReceipts) ? await mediator.Send(new ShowMoneyHome.Query(), ct) : null,
            Platform = May(Permission.ManageReferenceData) ? await mediator.Send(new ShowPlatformHome.Query(), ct) : null,
            People = May(Permission.ManageOwnPeople) && who.Session.Kind != OrganisationKind.Platform ? await mediator.Send(new ShowPeopleHome.Query(), ct) : null,
            Standings = !bank && May(Permission.ReadStandings) ? await mediator.Send(new ListStandings.Query(), ct) : null,
            Reviewer = !bank && May(Permission.ReadLoans) ? await mediator.Send(new ShowReviewerHome.Query(), ct) : null,
            Audit = May(Permission.ReadAudit) ? await mediator.Send(new ListAudit.Query(new AuditFilter(), Size: LatestEvents), ct) : null,
        });
    }
}

/// <summary>The pieces of the first page; null where the person may not see one.</summary>
public sealed record HomePage
{
    public ShowBankHome.Answer? Bank { get; init; }

    public ShowReviewerHome.Answer? Reviewer { get; init; }

    public ShowAuthorityHome.Answer? Authority { get; init; }

    public ShowMoneyHome.Answer? Money { get; init; }

    public ListStandings.Answer? Standings { get; init; }

    public ListAudit.Answer? Audit { get; init; }

    public ShowPlatformHome.Answer? Platform { get; init; }

    public ShowPeopleHome.Answer? People { get; init; }
}
