using FundPool.Application.Pipeline;
using FundPool.Application.People;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.People;

/// <summary>An organisation's administrator keeps its people. Whatever gives or takes access asks for a fresh code.</summary>
[Route("/people")]
[ResponseCache(NoStore = true)]
public sealed class PeopleController(IMediator mediator, IText T) : Controller
{
    [Asks(Permission.ManageOwnPeople)]
    [HttpGet("")]
    public async Task<IActionResult> ListPeople(CancellationToken ct) => View("ListPeople", await mediator.Send(new ListPeople.Query(), ct));

    [Asks(Permission.ManageOwnPeople)]
    [AsksFreshCode]
    [HttpGet("add")]
    public IActionResult AddPerson() => View("AddPerson", new PersonForm());

    [Asks(Permission.ManageOwnPeople)]
    [AsksFreshCode]
    [HttpPost("add")]
    public async Task<IActionResult> AddPerson(PersonForm form, CancellationToken ct)
    {
        Outcome<AddPerson.Answer> outcome = await mediator.Send(
            new AddPerson.Command(form.Name?.Trim() ?? "", form.FullName ?? "", form.Email, form.Phone, form.Roles), ct);
        return this.WhyNot(outcome, T, () => View("AddPerson", form)) ?? View("FirstSecret", new FirstSecretView(outcome.Value, IsNew: true, "/people"));
    }

    [Asks(Permission.ManageOwnPeople)]
    [HttpGet("{id:int}")]
    public async Task<IActionResult> ShowPerson(int id, CancellationToken ct) => await ShowAsync("ShowPerson", id, null, ct);

    [Asks(Permission.ManageOwnPeople)]
    [AsksFreshCode]
    [HttpGet("{id:int}/edit")]
    public async Task<IActionResult> EditPerson(int id, CancellationToken ct) => await ShowAsync("EditPerson", id, null, ct);

    [Asks(Permission.ManageOwnPeople)]
    [AsksFreshCode]
    [HttpPost("{id:int}/edit")]
    public async Task<IActionResult> EditPerson(int id, PersonForm form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new EditPerson.Command(id, form.FullName ?? "", form.Email, form.Phone, form.Roles), ct);
        return await AnswerAsync(outcome, "EditPerson", id, form, T["已保存，岗位变动立即生效"], ct);
    }

    [Asks(Permission.ManageOwnPeople)]
    [AsksFreshCode]
    [HttpGet("{id:int}/disable")]
    public async Task<IActionResult> DisablePerson(int id, CancellationToken ct) => await ShowAsync("DisablePerson", id, new DisableForm(), ct);

    [Asks(Permission.ManageOwnPeople)]
    [AsksFreshCode]
    [HttpPost("{id:int}/disable")]
    public async Task<IActionResult> DisablePerson(int id, DisableForm form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new DisablePerson.Command(id, form.Reason, form.HandOverTo), ct);
        return await AnswerAsync(outcome, "DisablePerson", id, form, T["账号已停用，登录已立即结束"], ct);
    }

    [Asks(Permission.ManageOwnPeople)]
    [AsksFreshCode]
    [HttpPost("{id:int}/enable")]
    public async Task<IActionResult> EnablePerson(int id, CancellationToken ct) =>
        await AnswerAsync(await mediator.Send(new EnablePerson.Command(id), ct), "ShowPerson", id, null, T["账号已启用"], ct);

    [Asks(Permission.ManageOwnPeople)]
    [AsksFreshCode]
    [HttpGet("{id:int}/reset")]
    public async Task<IActionResult> ResetSignIn(int id, CancellationToken ct) => await ShowAsync("ResetSignIn", id, new ResetForm(), ct);

    [Asks(Permission.ManageOwnPeople)]
    [AsksFreshCode]
    [HttpPost("{id:int}/reset")]
    public async Task<IActionResult> ResetSignIn(int id, ResetForm form, CancellationToken ct)
    {
        Outcome<AddPerson.Answer> outcome = await mediator.Send(new ResetSignIn.Command(id, form.AuthenticatorToo, form.Reason), ct);
        return outcome.Succeeded
            ? View("FirstSecret", new FirstSecretView(outcome.Value, IsNew: false, $"/people/{id}"))
            : await AnswerAsync(outcome, "ResetSignIn", id, form, "", ct);
    }

    [Asks(Permission.ManageOwnPeople)]
    [HttpPost("{id:int}/sessions/end")]
    public async Task<IActionResult> EndSessions(int id, CancellationToken ct)
    {
        Outcome<int> outcome = await mediator.Send(new EndSessions.Command(id), ct);
        return await AnswerAsync(outcome, "ShowPerson", id, null, T["登录已全部结束"], ct);
    }

    private async Task<IActionResult> ShowAsync(string view, int id, object? form, CancellationToken ct)
    {
        Outcome<ShowPerson.View> outcome = await mediator.Send(new ShowPerson.Query(id), ct);
        if (!outcome.Succeeded)
        {
            return NotFound();
        }

        ViewData["Person"] = outcome.Value;
        return view == "ShowPerson" ? View(view, outcome.Value) : View(view, form ?? FormOf(outcome.Value));
    }

    private async Task<IActionResult> AnswerAsync<T0>(Outcome<T0> outcome, string view, int id, object? form, string said, CancellationToken ct)
    {
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            ModelState.AddProblems(outcome.Problems, T);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await ShowAsync(view, id, form, ct);
        }

        TempData.Flash(FlashTone.Good, said);
        return LocalRedirect($"/people/{id}");
    }

    private static PersonForm FormOf(ShowPerson.View person) => new()
    {
        Name = person.UserName, FullName = person.FullName, Email = person.Email, Phone = person.Phone, Roles = [.. person.Roles],
    };
}

/// <summary>A one-time secret on the only page that ever shows it.</summary>
public sealed record FirstSecretView(AddPerson.Answer Person, bool IsNew, string Next);
