using System.Globalization;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Plans;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Features.Batches;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Plans;

/// <summary>Funding plans from the draft to the issue.</summary>
[Route("/plans")]
public sealed class PlansController(IMediator mediator, IText T) : Controller
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Asks(Permission.ReadPayments)]
    [HttpGet("")]
    public async Task<IActionResult> ListPlans(CancellationToken ct) => View("ListPlans", await mediator.Send(new ListPlans.Query(), ct));

    [Asks(Permission.PreparePlans)]
    [HttpGet("draft")]
    public async Task<IActionResult> DraftPlan(CancellationToken ct)
    {
        Outcome<OpenPlanForm.Answer> opened = await mediator.Send(new OpenPlanForm.Query(null), ct);
        return opened.Succeeded ? Form(PlanForm.Of(opened.Value.Fields), opened.Value, null) : NotFound();
    }

    [Asks(Permission.PreparePlans)]
    [HttpPost("draft")]
    public async Task<IActionResult> DraftPlan(PlanForm form, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new DraftPlan.Command(form.Fields), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["资助计划稿已保存，请核对后由负责人下达"]);
            return Plan(outcome.Value);
        }

        return await AgainAsync(outcome, form, null, ct);
    }

    [Asks(Permission.ReadPayments)]
    [HttpGet("{id:long}")]
    public Task<IActionResult> ShowPlan(long id, CancellationToken ct) => ShownAsync(id, "ShowPlan", ct);

    [Asks(Permission.ReadPayments)]
    [HttpGet("{id:long}/items.xlsx")]
    public async Task<IActionResult> ExportPlan(long id, CancellationToken ct)
    {
        Outcome<ExportPlan.Answer> outcome = await mediator.Send(new ExportPlan.Command(id), ct);
        return outcome.Succeeded ? File(outcome.Value.Content, Workbook, outcome.Value.Name) : NotFound();
    }

    [Asks(Permission.PreparePlans)]
    [HttpGet("{id:long}/edit")]
    public async Task<IActionResult> EditPlan(long id, CancellationToken ct)
    {
        Outcome<OpenPlanForm.Answer> opened = await mediator.Send(new OpenPlanForm.Query(id), ct);
        return opened.Succeeded ? Form(PlanForm.Of(opened.Value.Fields), opened.Value, id) : NotFound();
    }

    [Asks(Permission.PreparePlans)]
    [HttpPost("{id:long}/edit")]
    public async Task<IActionResult> EditPlan(long id, PlanForm form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new EditPlan.Command(id, form.Fields), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["资助计划稿已修改"]);
            return Plan(id);
        }

        return await AgainAsync(outcome, form, id, ct);
    }

    [Asks(Permission.PreparePlans)]
    [HttpPost("{id:long}/drop")]
    public async Task<IActionResult> DropPlan(long id, string? reason, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new DropPlan.Command(id, reason), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["资助计划稿已作废，其中的申请可列入其他计划"]);
            return LocalRedirect("/plans");
        }

        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        this.WhyNot(outcome, T, NoContent);
        ViewData["Reason"] = reason;
        return await ShownAsync(id, "ShowPlan", ct);
    }

    /// <summary>Asks for the code before anything is read and decided.</summary>
    [Asks(Permission.IssuePlans)]
    [AsksFreshCode]
    [HttpGet("{id:long}/issue")]
    public Task<IActionResult> IssuePlan(long id, CancellationToken ct) => ShownAsync(id, "IssuePlan", ct);

    [Asks(Permission.IssuePlans)]
    [AsksFreshCode]
    [HttpPost("{id:long}/issue")]
    public async Task<IActionResult> IssuePlan(long id, int version, string? reason, CancellationToken ct)
    {
        Outcome<string> outcome = await mediator.Send(new IssuePlan.Command(id, version, reason), ct);
        if (outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Good, T["已下达 {0}", outcome.Value]);
            return Plan(id);
        }

        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        this.WhyNot(outcome, T, NoContent);
        ViewData["Reason"] = reason;
        return await ShownAsync(id, "IssuePlan", ct);
    }

    // What was issued or dropped meanwhile is shown as it is now.
    private async Task<IActionResult> ShownAsync(long id, string view, CancellationToken ct)
    {
        Outcome<ShowPlan.Answer> outcome = await mediator.Send(new ShowPlan.Query(id), ct);
        return outcome.Succeeded ? View(outcome.Value.Plan.State == "draft" ? view : "ShowPlan", outcome.Value) : NotFound();
    }

    private async Task<IActionResult> AgainAsync<T1>(Outcome<T1> outcome, PlanForm form, long? plan, CancellationToken ct)
    {
        Outcome<OpenPlanForm.Answer> opened = outcome.IsNotFound ? default(NotFound) : await mediator.Send(new OpenPlanForm.Query(plan), ct);
        if (!opened.Succeeded)
        {
            return NotFound();
        }

        this.WhyNot(outcome, T, NoContent);
        return Form(form, opened.Value, plan);
    }

    private ViewResult Form(PlanForm form, OpenPlanForm.Answer opened, long? plan)
    {
        ViewData["Clear"] = opened.Clear;
        ViewData["Plan"] = plan;
        return View("DraftPlan", form);
    }

    private LocalRedirectResult Plan(long id) => LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/plans/{id}"));
}

/// <summary>What is typed and ticked in a plan.</summary>
public sealed class PlanForm
{
    public string? Title { get; set; }

    public string? Basis { get; set; }

    public string[]? Claims { get; set; }

    internal PlanFields Fields => new(Title, Basis, new BatchForm { Claims = Claims }.Refs);

    internal static PlanForm Of(PlanFields fields) =>
        new() { Title = fields.Title, Basis = fields.Basis, Claims = [.. fields.Claims.Select(claim => BatchForm.Write(claim.Bank, claim.Id))] };
}
