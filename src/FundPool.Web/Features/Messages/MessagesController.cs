using FundPool.Application.Messages;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Messages;

/// <summary>The inbox of the person who is signed in.</summary>
[Route("/messages")]
public sealed class MessagesController(IMediator mediator, WaitingCounts counts, IText T) : Controller
{
    [Asks(Permission.SignedIn)]
    [HttpGet("")]
    public async Task<IActionResult> ListMessages(string? part, long? before, CancellationToken ct)
    {
        ListMessages.Part shown = part switch
        {
            "done" => Application.Messages.ListMessages.Part.Done,
            "all" => Application.Messages.ListMessages.Part.All,
            _ => Application.Messages.ListMessages.Part.Todo,
        };
        ViewData["Part"] = shown;
        return View("ListMessages", await mediator.Send(new ListMessages.Query(shown, before), ct));
    }

    /// <summary>A link and not a form, so that it opens in another window too; all that it changes is the reader's own mark.</summary>
    [Asks(Permission.SignedIn)]
    [HttpGet("{id:long}")]
    public async Task<IActionResult> OpenMessage(long id, CancellationToken ct)
    {
        Outcome<string> outcome = await mediator.Send(new OpenMessage.Command(id), ct);
        Forget();
        return outcome.IsNotFound ? NotFound() : LocalRedirect(outcome.Value);
    }

    [Asks(Permission.SignedIn)]
    [HttpPost("read")]
    public async Task<IActionResult> ReadMessages(CancellationToken ct)
    {
        Outcome<int> outcome = await mediator.Send(new ReadMessages.Command(), ct);
        Forget();
        TempData.Flash(FlashTone.Good, outcome.Value == 0 ? T["没有未读消息"] : T["已将 {0} 条消息标为已读", outcome.Value]);
        return LocalRedirect("/messages?part=all");
    }

    private void Forget() => counts.ForgetPerson(SignedIn.Of(HttpContext)!.Session.PersonId);
}
