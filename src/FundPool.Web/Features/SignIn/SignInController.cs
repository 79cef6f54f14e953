using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Application.SignIn;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.SignIn;

/// <summary>
/// The way in, one page a step. Between the steps the browser carries a sealed ticket; each step answers with the next
/// one, so that the order is decided in one place (<see cref="SignInPath"/>).
/// </summary>
[Route("/sign-in")]
[ResponseCache(NoStore = true)]
public sealed partial class SignInController(IMediator mediator, PortalMode mode, IText T, IHostEnvironment environment, ILogger<SignInController> log) : Controller
{
    private readonly PortalCookies cookies = new(environment);

    private string Address => Caller.AddressOf(HttpContext);

    private string Agent => Caller.AgentOf(HttpContext);

    [Asks(Permission.Public)]
    [HttpGet("")]
    public IActionResult SignInWithPassword(string? @return, string? ended) => SignedIn.Of(HttpContext) is not null
        ? LocalRedirect(Local(@return))
        : View("SignInWithPassword", new PasswordForm { Return = @return, Ended = ended });

    [Asks(Permission.Public)]
    [HttpPost("")]
    public async Task<IActionResult> SignInWithPassword(PasswordForm form, CancellationToken ct)
    {
        if (!cookies.MayCarry(Request))
        {
            ModelState.AddModelError("", T["请使用 https 地址打开本系统后登录"]);
            return Again("SignInWithPassword", form);
        }

        if (string.IsNullOrWhiteSpace(form.UserName) || string.IsNullOrEmpty(form.Password))
        {
            ModelState.AddModelError("", T["请填写用户名和密码"]);
            return Again("SignInWithPassword", form);
        }

        return Go(await mediator.Send(new SignInWithPassword.Command(form.UserName, form.Password, Address, Agent), ct), form.Return, () => Again("SignInWithPassword", form));
    }

    [Asks(Permission.Public)]
    [HttpGet("code")]
    public IActionResult ShowCode(string? @return, bool recovery) => cookies.ReadStep(Request) is null
        ? ToStart(@return)
        : View("ShowCode", new CodeForm { Return = @return, Recovery = recovery });

    [Asks(Permission.Public)]
    [HttpPost("code")]
    public async Task<IActionResult> ShowCode(CodeForm form, CancellationToken ct) => cookies.ReadStep(Request) is not { } ticket
        ? ToStart(form.Return)
        : Go(await mediator.Send(new ShowCode.Command(ticket, form.Shown ?? form.Code ?? "", form.Recovery, Address, Agent), ct), form.Return, () => Again("ShowCode", form));

    [Asks(Permission.Public)]
    [HttpGet("new-password")]
    public IActionResult SetFirstPassword(string? @return) => cookies.ReadStep(Request) is null
        ? ToStart(@return)
        : View("SetFirstPassword", new NewPasswordForm { Return = @return });

    [Asks(Permission.Public)]
    [HttpPost("new-password")]
    public async Task<IActionResult> SetFirstPassword(NewPasswordForm form, CancellationToken ct)
    {
        if (cookies.ReadStep(Request) is not { } ticket)
        {
            return ToStart(form.Return);
        }

        Outcome<SignInAnswer> outcome = await mediator.Send(
            new SetFirstPassword.Command(ticket, form.Password ?? "", form.Again ?? "", Address, Agent), ct);
        return this.WhyNot(outcome, T, () => View("SetFirstPassword", form)) ?? Go(outcome.Value, form.Return, () => Again("SetFirstPassword", form));
    }

    [Asks(Permission.Public)]
    [HttpGet("authenticator")]
    public Task<IActionResult> EnrolAuthenticator(string? @return, CancellationToken ct) => ShowEnrol(new EnrolForm { Return = @return }, ct);

    [Asks(Permission.Public)]
    [HttpPost("authenticator")]
    public async Task<IActionResult> EnrolAuthenticator(EnrolForm form, CancellationToken ct)
    {
        if (cookies.ReadStep(Request) is not { } ticket)
        {
            return ToStart(form.Return);
        }

        SignInAnswer answer = await mediator.Send(new EnrolAuthenticator.Command(ticket, form.Code ?? "", Address, Agent), ct);
        if (answer is { Stage: SignInStage.Enrol, Refused: { } refused })
        {
            ModelState.AddModelError(nameof(form.Code), T.Of(refused));
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await ShowEnrol(form, ct);
        }

        IActionResult next = Go(answer, form.Return, () => Again("EnrolAuthenticator", form));
        return answer.RecoveryCodes.Count == 0
            ? next
            : View("RecoveryCodes", new RecoveryCodesView(answer.RecoveryCodes, (next as LocalRedirectResult)?.Url ?? "/", IsFirst: true));
    }

    [Asks(Permission.Public)]
    [HttpGet("other-session")]
    public async Task<IActionResult> EndOtherSession(string? @return, CancellationToken ct)
    {
        ViewData["Return"] = @return;
        return cookies.ReadStep(Request) is { } ticket && await mediator.Send(new EndOtherSession.Query(ticket), ct) is { } open
            ? View("EndOtherSession", open)
            : ToStart(@return);
    }

    [Asks(Permission.Public)]
    [HttpPost("other-session")]
    public async Task<IActionResult> EndOtherSession(EndOtherForm form, CancellationToken ct) => cookies.ReadStep(Request) is not { } ticket
        ? ToStart(form.Return)
        : Go(await mediator.Send(new EndOtherSession.Command(ticket, Address, Agent), ct), form.Return, () => ToStart(form.Return));

    /// <summary>The demonstration's logins with the codes of this moment; asked again by the page as they change.</summary>
    [Asks(Permission.Public)]
    [HttpGet("demonstration")]
    public async Task<IActionResult> DemonstrationLogins(string? @return, CancellationToken ct)
    {
        if (!mode.Demonstration)
        {
            return NotFound();
        }

        ViewData["Return"] = @return;
        return PartialView("_Logins", await mediator.Send(new DemonstrationLogins.Query(), ct));
    }

    /// <summary>The code of the one whose password was just given, below the field that asks for it.</summary>
    [Asks(Permission.Public)]
    [HttpGet("demonstration-code")]
    public async Task<IActionResult> DemonstrationLogin(CancellationToken ct) =>
        mode.Demonstration && cookies.ReadStep(Request) is { } ticket && await mediator.Send(new DemonstrationLogin.Query(ticket), ct) is { } login
            ? PartialView("_DemonstrationCode", login)
            : NotFound();

    private async Task<IActionResult> ShowEnrol(EnrolForm form, CancellationToken ct)
    {
        if (cookies.ReadStep(Request) is not { } ticket || await mediator.Send(new EnrolAuthenticator.Query(ticket), ct) is not { } authenticator)
        {
            return ToStart(form.Return);
        }

        form.Authenticator = authenticator;
        return View("EnrolAuthenticator", form);
    }

    private IActionResult Go(SignInAnswer answer, string? back, Func<IActionResult> again)
    {
        if (answer.Refused is { } refused)
        {
            Refused(log, answer.Stage, Address, answer.Until is not null);
            if (answer.Stage == SignInStage.Password && Request.Path != "/sign-in")
            {
                PortalCookies.DropStep(Response);
                return ToStart(back, "lapsed");
            }

            if (answer.Until is { } until)
            {
                Response.StatusCode = StatusCodes.Status429TooManyRequests;
                Response.Headers.RetryAfter = "900";
                ModelState.AddModelError("", T["失败次数过多，请于 {0} 后再试", Clock.Local(until).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)]);
            }
            else
            {
                Response.StatusCode = StatusCodes.Status400BadRequest;
                ModelState.AddModelError(answer.Stage == SignInStage.Code ? "Code" : "", T.Of(refused));
            }

            return again();
        }

        if (answer.Session is { } session)
        {
            PortalCookies.DropStep(Response);
            cookies.WriteSession(Response, session);
            return LocalRedirect(Local(back));
        }

        cookies.WriteStep(Response, answer.Ticket!);
        string step = answer.Stage switch
        {
            SignInStage.Code => "code",
            SignInStage.NewPassword => "new-password",
            SignInStage.Enrol => "authenticator",
            SignInStage.OtherSession => "other-session",
            _ => throw new InvalidOperationException($"There is no page for {answer.Stage}."),
        };
        return LocalRedirect($"/sign-in/{step}{Carry(back)}");
    }

    // Without the name that was typed: people type their password there.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in refused at {Stage} from {Address}, paused: {Paused}")]
    private static partial void Refused(ILogger log, SignInStage stage, string address, bool paused);

    private ViewResult Again(string view, object form)
    {
        if (Response.StatusCode == StatusCodes.Status200OK)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return View(view, form);
    }

    private LocalRedirectResult ToStart(string? back, string? ended = null) =>
        LocalRedirect("/sign-in" + QueryString.Create(new Dictionary<string, string?> { ["return"] = back, ["ended"] = ended }.Where(pair => pair.Value is not null)));

    private string Local(string? back) => Url.IsLocalUrl(back) && !back.StartsWith("/sign-in", StringComparison.Ordinal) ? back : "/";

    private static QueryString Carry(string? back) => back is null ? QueryString.Empty : QueryString.Create("return", back);
}
