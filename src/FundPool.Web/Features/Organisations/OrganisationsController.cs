using FundPool.Application.Organisations;
using FundPool.Application.People;
using FundPool.Application.Pipeline;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Features.People;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Organisations;

/// <summary>The platform keeps organisations and their administrators, and nothing else of theirs.</summary>
[Route("/organisations")]
[ResponseCache(NoStore = true)]
public sealed class OrganisationsController(IMediator mediator, IText T) : Controller
{
    [Asks(Permission.ManageOrganisations)]
    [HttpGet("")]
    public async Task<IActionResult> ListOrganisations(CancellationToken ct) =>
        View("ListOrganisations", await mediator.Send(new ListOrganisations.Query(), ct));

    [Asks(Permission.ManageOrganisations)]
    [AsksFreshCode]
    [HttpGet("open")]
    public Task<IActionResult> OpenOrganisation(CancellationToken ct) => ShowOpenAsync(new OrganisationForm(), ct);

    [Asks(Permission.ManageOrganisations)]
    [AsksFreshCode]
    [HttpPost("open")]
    public async Task<IActionResult> OpenOrganisation(OrganisationForm form, CancellationToken ct)
    {
        if (form.Kind is not { } kind)
        {
            ModelState.AddProblems([new Problem("kind", "required", new Words("请选择机构类别", "Choose the kind of organisation"))], T);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await ShowOpenAsync(form, ct);
        }

        Outcome<OpenOrganisation.Answer> outcome = await mediator.Send(
            new OpenOrganisation.Command(form.Pool ?? -1, kind, form.Code?.Trim() ?? "", form.Title ?? "", form.Name?.Trim() ?? "", form.FullName ?? "", form.Email, form.Phone), ct);
        if (outcome.Succeeded)
        {
            return View("FirstSecret", new FirstSecretView(outcome.Value.Administrator, IsNew: true, $"/organisations/{outcome.Value.Organisation}"));
        }

        ModelState.AddProblems(outcome.Problems, T);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await ShowOpenAsync(form, ct);
    }

    [Asks(Permission.ManageOrganisations)]
    [HttpGet("{id:int}")]
    public Task<IActionResult> ShowOrganisation(int id, CancellationToken ct) => ShowAsync("ShowOrganisation", id, null, ct);

    [Asks(Permission.ManageOrganisations)]
    [AsksFreshCode]
    [HttpGet("{id:int}/switch")]
    public Task<IActionResult> SwitchOrganisation(int id, CancellationToken ct) => ShowAsync("SwitchOrganisation", id, new ReasonForm(), ct);

    [Asks(Permission.ManageOrganisations)]
    [AsksFreshCode]
    [HttpPost("{id:int}/switch")]
    public async Task<IActionResult> SwitchOrganisation(int id, bool disable, ReasonForm form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new SwitchOrganisation.Command(id, disable, form.Reason), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, disable ? T["机构已停用，其人员的登录已全部结束"] : T["机构已启用"]);
            return LocalRedirect($"/organisations/{id}");
        }

        return await NoAsync(outcome, "SwitchOrganisation", id, form, ct);
    }

    [Asks(Permission.ManageOrganisations)]
    [AsksFreshCode]
    [HttpGet("{id:int}/administrators/add")]
    public Task<IActionResult> AddAdministrator(int id, CancellationToken ct) => ShowAsync("AddAdministrator", id, new OrganisationForm(), ct);

    [Asks(Permission.ManageOrganisations)]
    [AsksFreshCode]
    [HttpPost("{id:int}/administrators/add")]
    public async Task<IActionResult> AddAdministrator(int id, OrganisationForm form, CancellationToken ct)
    {
        Outcome<AddPerson.Answer> outcome = await mediator.Send(
            new AddAdministrator.Command(id, form.Name?.Trim() ?? "", form.FullName ?? "", form.Email, form.Phone), ct);
        return outcome.Succeeded
            ? View("FirstSecret", new FirstSecretView(outcome.Value, IsNew: true, $"/organisations/{id}"))
            : await NoAsync(outcome, "AddAdministrator", id, form, ct);
    }

    [Asks(Permission.ManageOrganisations)]
    [AsksFreshCode]
    [HttpGet("{id:int}/administrators/{person:int}/reset")]
    public Task<IActionResult> ResetAdministrator(int id, int person, CancellationToken ct)
    {
        ViewData["Administrator"] = person;
        return ShowAsync("ResetAdministrator", id, new ReasonForm(), ct);
    }

    [Asks(Permission.ManageOrganisations)]
    [AsksFreshCode]
    [HttpPost("{id:int}/administrators/{person:int}/reset")]
    public async Task<IActionResult> ResetAdministrator(int id, int person, ReasonForm form, CancellationToken ct)
    {
        ViewData["Administrator"] = person;
        Outcome<AddPerson.Answer> outcome = await mediator.Send(new ResetAdministrator.Command(id, person, form.AuthenticatorToo, form.Reason), ct);
        return outcome.Succeeded
            ? View("FirstSecret", new FirstSecretView(outcome.Value, IsNew: false, $"/organisations/{id}"))
            : await NoAsync(outcome, "ResetAdministrator", id, form, ct);
    }

    private async Task<IActionResult> NoAsync<TValue>(Outcome<TValue> outcome, string view, int id, object form, CancellationToken ct)
    {
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        ModelState.AddProblems(outcome.Problems, T);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await ShowAsync(view, id, form, ct);
    }

    private async Task<IActionResult> ShowAsync(string view, int id, object? form, CancellationToken ct)
    {
        Outcome<ShowOrganisation.View> outcome = await mediator.Send(new ShowOrganisation.Query(id), ct);
        if (!outcome.Succeeded || (ViewData["Administrator"] is int person && outcome.Value.Administrators.All(one => one.Id != person)))
        {
            return NotFound();
        }

        ViewData["Organisation"] = outcome.Value;
        return View(view, form ?? outcome.Value);
    }

    private async Task<IActionResult> ShowOpenAsync(OrganisationForm form, CancellationToken ct)
    {
        ViewData["Pools"] = (await mediator.Send(new ListOrganisations.Query(), ct)).Pools;
        return View("OpenOrganisation", form);
    }
}
