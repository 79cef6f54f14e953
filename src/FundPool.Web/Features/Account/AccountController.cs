using FundPool.Application.Account;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Features.SignIn;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Account;

/// <summary>The own account: password, authenticator, recovery codes, and where one is signed in.</summary>
[Route("/account")]
[ResponseCache(NoStore = true)]
public sealed class AccountController(IMediator mediator, PortalMode mode, IText T) : Controller
{
    private byte[] Session => SignedIn.Of(HttpContext)!.Session.IdHash;

    [Asks(Permission.SignedIn)]
    [HttpGet("")]
    public async Task<IActionResult> ShowAccount(CancellationToken ct) => View("ShowAccount", await mediator.Send(new ShowAccount.Query(), ct));

    [Asks(Permission.SignedIn)]
    [HttpGet("password")]
    public IActionResult ChangePassword() => View("ChangePassword", new ChangePasswordForm());

    [Asks(Permission.SignedIn)]
    [HttpPost("password")]
    public async Task<IActionResult> ChangePassword(ChangePasswordForm form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(
            new ChangePassword.Command(form.Current ?? "", form.Password ?? "", form.Again ?? "", Session, Caller.AddressOf(HttpContext)), ct);
        return this.WhyNot(outcome, T, () => View("ChangePassword", form)) ?? Back(T["密码已修改，其他地方的登录已全部结束"]);
    }

    [Asks(Permission.SignedIn)]
    [HttpPost("mail")]
    public async Task<IActionResult> SwitchMail(bool on, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new SwitchMail.Command(on), ct);
        if (!outcome.Succeeded)
        {
            TempData.Flash(FlashTone.Bad, T.Of(outcome.Problems[0].Message));
            return LocalRedirect("/account");
        }

        return Back(on ? T["新消息会同时发到您的邮箱"] : T["不再发送消息邮件"]);
    }

    [Asks(Permission.SignedIn)]
    [HttpPost("sessions/end")]
    public async Task<IActionResult> EndSession(string? id, CancellationToken ct)
    {
        byte[] session = id?.Length == 64 && id.All(char.IsAsciiHexDigit) ? Convert.FromHexString(id) : [];
        Outcome<Done> outcome = await mediator.Send(new EndSession.Command(session), ct);
        return outcome.IsNotFound ? NotFound() : Back(T["该处登录已结束"]);
    }

    [Asks(Permission.SignedIn)]
    [AsksFreshCode]
    [HttpGet("recovery-codes")]
    public IActionResult RenewRecoveryCodes() => View("RenewRecoveryCodes");

    [Asks(Permission.SignedIn)]
    [AsksFreshCode]
    [HttpPost("recovery-codes")]
    public async Task<IActionResult> RenewRecoveryCodes(CancellationToken ct) =>
        View("RecoveryCodes", new RecoveryCodesView(await mediator.Send(new RenewRecoveryCodes.Command(), ct), "/account", IsFirst: false));

    [Asks(Permission.SignedIn)]
    [AsksFreshCode]
    [HttpGet("authenticator")]
    public Task<IActionResult> ReplaceAuthenticator(CancellationToken ct) => ShowReplace(new ReplaceAuthenticatorForm(), ct);

    [Asks(Permission.SignedIn)]
    [AsksFreshCode]
    [HttpPost("authenticator")]
    public async Task<IActionResult> ReplaceAuthenticator(ReplaceAuthenticatorForm form, CancellationToken ct)
    {
        Outcome<IReadOnlyList<string>> outcome = await mediator.Send(new ReplaceAuthenticator.Command(form.Sealed ?? "", form.Code ?? ""), ct);
        if (!outcome.Succeeded)
        {
            ModelState.AddProblems(outcome.Problems, T);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await ShowReplace(form, ct);
        }

        return View("RecoveryCodes", new RecoveryCodesView(outcome.Value, "/account", IsFirst: false));
    }

    /// <summary>The code once more; actions marked [AsksFreshCode] lead here and one comes back to them.</summary>
    [Asks(Permission.SignedIn)]
    [HttpGet("confirm")]
    public IActionResult ConfirmAgain(string? @return) => View("ConfirmAgain", new ConfirmForm { Return = @return });

    [Asks(Permission.SignedIn)]
    [HttpPost("confirm")]
    public async Task<IActionResult> ConfirmAgain(ConfirmForm form, CancellationToken ct)
    {
        Outcome<Done> outcome = await mediator.Send(new ConfirmAgain.Command(form.Shown ?? form.Code ?? "", Session, Caller.AddressOf(HttpContext)), ct);
        return this.WhyNot(outcome, T, () => View("ConfirmAgain", form)) ?? LocalRedirect(Url.IsLocalUrl(form.Return) ? form.Return : "/");
    }

    /// <summary>The own code in a demonstration, below the field that asks for it.</summary>
    [Asks(Permission.SignedIn)]
    [HttpGet("demonstration-code")]
    public async Task<IActionResult> ShowDemonstrationCode(CancellationToken ct) =>
        mode.Demonstration && await mediator.Send(new ShowDemonstrationCode.Query(), ct) is { } login ? PartialView("/Features/SignIn/_DemonstrationCode.cshtml", login) : NotFound();

    private async Task<IActionResult> ShowReplace(ReplaceAuthenticatorForm form, CancellationToken ct)
    {
        ReplaceAuthenticator.Offer offer = await mediator.Send(new ReplaceAuthenticator.Query(form.Sealed), ct);
        form.Authenticator = offer.Authenticator;
        form.Sealed = offer.Sealed;
        ModelState.Remove(nameof(form.Sealed));
        return View("ReplaceAuthenticator", form);
    }

    private LocalRedirectResult Back(string said)
    {
        TempData.Flash(FlashTone.Good, said);
        return LocalRedirect("/account");
    }
}
