using System.Globalization;
using System.Text.Json;
using FundPool.Application.Drafts;
using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Data.Loans;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design.Forms;
using FundPool.Web.Design.Shell;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.Loans;

/// <summary>
/// One loan typed in: registered, edited in its window, corrected afterwards. Three steps each: the form, which is ruled while one
/// types; the page that checks the answers; the deed.
/// </summary>
[Route("/loans")]
[ResponseCache(NoStore = true)]
public sealed class LoanFormController(IMediator mediator, IText T) : Controller
{
    private const string Step = "{step:regex(^(edit|correct)$)}";

    [Asks(Permission.RegisterLoans)]
    [HttpGet("register")]
    public async Task<IActionResult> RegisterLoan(CancellationToken ct) => await FormAsync(LoanFormFor.Register, null, null, ct);

    /// <summary>From the form to the page that checks the answers.</summary>
    [Asks(Permission.RegisterLoans)]
    [HttpPost("register")]
    public async Task<IActionResult> RegisterLoan(LoanForm form, CancellationToken ct) => await CheckAsync(LoanFormFor.Register, null, form, ct);

    [Asks(Permission.RegisterLoans)]
    [HttpPost("register/back")]
    public async Task<IActionResult> ChangeAnswers(LoanForm form, CancellationToken ct) => await AgainAsync(LoanFormFor.Register, null, form, ct);

    [Asks(Permission.RegisterLoans)]
    [HttpPost("register/confirm")]
    public async Task<IActionResult> ConfirmRegistration(LoanForm form, CancellationToken ct)
    {
        Outcome<long> outcome = await mediator.Send(new RegisterLoan.Command(form.Cells(), form.LegacyReason), ct);
        return await DoneAsync(outcome, LoanFormFor.Register, null, form, T["已登记，该笔贷款已进入贷款项目库"], ct);
    }

    [Asks(Permission.RegisterLoans)]
    [HttpGet("{bank:int}/{id:long}/" + Step)]
    public async Task<IActionResult> ChangeLoan(int bank, long id, string step, CancellationToken ct) =>
        IsOwn(bank) ? await FormAsync(ForOf(step), id, null, ct) : NotFound();

    [Asks(Permission.RegisterLoans)]
    [HttpPost("{bank:int}/{id:long}/" + Step)]
    public async Task<IActionResult> ChangeLoan(int bank, long id, string step, LoanForm form, CancellationToken ct) =>
        IsOwn(bank) ? await CheckAsync(ForOf(step), id, form, ct) : NotFound();

    [Asks(Permission.RegisterLoans)]
    [HttpPost("{bank:int}/{id:long}/" + Step + "/back")]
    public async Task<IActionResult> ChangeAnswers(int bank, long id, string step, LoanForm form, CancellationToken ct) =>
        IsOwn(bank) ? await AgainAsync(ForOf(step), id, form, ct) : NotFound();

    [Asks(Permission.RegisterLoans)]
    [HttpPost("{bank:int}/{id:long}/edit/confirm")]
    public async Task<IActionResult> EditLoan(int bank, long id, LoanForm form, CancellationToken ct)
    {
        if (!IsOwn(bank))
        {
            return NotFound();
        }

        Outcome<long> outcome = await mediator.Send(new EditLoan.Command(id, form.Cells(), form.Version), ct);
        return await DoneAsync(outcome, LoanFormFor.Edit, id, form, T["已保存修改，并重新认定"], ct);
    }

    [Asks(Permission.ProposeCorrections)]
    [HttpPost("{bank:int}/{id:long}/correct/confirm")]
    public async Task<IActionResult> ProposeCorrection(int bank, long id, LoanForm form, CancellationToken ct)
    {
        if (!IsOwn(bank))
        {
            return NotFound();
        }

        Outcome<long> outcome = await mediator.Send(new ProposeCorrection.Command(id, form.Cells(), form.Reason, form.Version), ct);
        return await DoneAsync(outcome, LoanFormFor.Correct, id, form, T["已提交更正申请，等待管理机构同意"], ct);
    }

    /// <summary>While one types: the ruling beside the form, and what is wrong at which field.</summary>
    [Asks(Permission.RegisterLoans)]
    [HttpPost("check")]
    public async Task<IActionResult> RuleLoan(LoanForm form, [FromQuery] long? loan, [FromQuery] string? step, CancellationToken ct)
    {
        RuleLoan.Answer answer = await mediator.Send(new RuleLoan.Query(form.Cells(), form.LegacyReason, loan), ct);
        ViewData["Problems"] = JsonSerializer.Serialize(Wrong(answer, ForOf(step)).Select(problem =>
            new { field = NameOf(problem.Field), message = T.Of(problem.Message) }), CorrectionContent.Json);
        return PartialView("/Features/Loans/_Ruling.cshtml", new LoanFormView(ForOf(step), 0, loan, answer));
    }

    [Asks(Permission.RegisterLoans)]
    [HttpPost("draft")]
    public async Task<IActionResult> KeepDraft(LoanForm form, [FromQuery] string kind, [FromQuery] string? key, [FromForm(Name = "draft_version")] int version, CancellationToken ct)
    {
        string body = JsonSerializer.Serialize(form, CorrectionContent.Json);
        if (!IsForm(kind) || key?.Length > 20 || body.Length > Application.Drafts.KeepDraft.LongestBody)
        {
            return BadRequest();
        }

        KeepDraft.Answer kept = await mediator.Send(new KeepDraft.Command(kind, key ?? "", body, version), ct);
        return kept.Conflict ? Conflict() : Json(new { version = kept.Version });
    }

    [Asks(Permission.RegisterLoans)]
    [HttpPost("draft/drop")]
    public async Task<IActionResult> DropDraft([FromQuery] string kind, [FromQuery] string? key, [FromQuery] int? bank, CancellationToken ct)
    {
        if (!IsForm(kind) || !(string.IsNullOrEmpty(key) || long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return BadRequest();
        }

        await mediator.Send(new DropDraft.Command(kind, key ?? ""), ct);
        return LocalRedirect(string.IsNullOrEmpty(key) ? "/loans/register" : string.Create(CultureInfo.InvariantCulture, $"/loans/{bank}/{key}/{kind}"));
    }

    private static LoanFormFor ForOf(string? step) => Enum.TryParse(step, ignoreCase: true, out LoanFormFor known) ? known : LoanFormFor.Register;

    // The spelling in which drafts are kept; anything else would meet the table's check.
    private static bool IsForm(string? kind) => kind is "register" or "edit" or "correct";

    private bool IsOwn(int bank) => SignedIn.Of(HttpContext)?.Acting.Bank == bank;

    // A correction may take a loan out of the library; the reviewer decides that. Anything else must meet the conditions now.
    private static IEnumerable<Problem> Wrong(RuleLoan.Answer answer, LoanFormFor what) =>
        what == LoanFormFor.Correct ? answer.Problems.Select(OfForm) : answer.Problems.Select(OfForm).Concat(answer.Ruling?.Refusals ?? []);

    // A file's message explains the column and gives an example; on the form the hint stands beside the field already.
    private static Problem OfForm(Problem problem) => problem.Code != "required" ? problem : problem with
    {
        Message = new Words(problem.Message.Zh.Split('：')[0].TrimEnd('。'), problem.Message.En.Split(": ")[0].TrimEnd('.')),
    };

    private static string NameOf(string field) => string.Concat(field.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    // The form afresh: what is registered, or the draft that was left.
    private async Task<IActionResult> FormAsync(LoanFormFor what, long? id, LoanForm? typed, CancellationToken ct)
    {
        OpenLoanForm.Answer? registered = null;
        if (id is { } loan)
        {
            Outcome<OpenLoanForm.Answer> outcome = await mediator.Send(new OpenLoanForm.Query(loan), ct);
            if (!outcome.Succeeded)
            {
                return NotFound();
            }

            registered = outcome.Value;
            if (typed is null && Refused(what, registered) is { } why)
            {
                TempData.Flash(FlashTone.Warn, why);
                return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/loans/{SignedIn.Of(HttpContext)!.Acting.Bank}/{loan}"));
            }
        }

        Draft? draft = await mediator.Send(new ReadDraft.Query(what.ToString().ToLowerInvariant(), id?.ToString(CultureInfo.InvariantCulture) ?? ""), ct);
        LoanForm? left = draft is null ? null : JsonSerializer.Deserialize<LoanForm>(draft.Body, CorrectionContent.Json);
        if (left is not null && registered is not null && left.Version != registered.Version)
        {
            // The loan has changed since the draft was left.
            left = null;
        }

        LoanForm? before = registered is null ? null : LoanForm.Of(registered.Cells, registered.Version);
        LoanForm form = typed ?? left ?? before ?? new LoanForm();
        RuleLoan.Answer ruling = await mediator.Send(new RuleLoan.Query(form.Cells(), form.LegacyReason, id), ct);
        ViewData["Form"] = new LoanFormView(what, SignedIn.Of(HttpContext)!.Acting.Bank ?? 0, id, ruling)
        {
            Before = before?.Posted().Where(field => field.Name != nameof(LoanForm.Version)).GroupBy(field => field.Name)
                .ToDictionary(field => field.Key, field => string.Join(';', field.Select(one => one.Value)), StringComparer.Ordinal),
            DraftSavedAt = typed is null && left is not null ? draft!.SavedAt : null,
            DraftVersion = draft?.Version ?? 0,
            Window = registered?.Window,
        };
        return View(what switch { LoanFormFor.Register => "/Features/Loans/RegisterLoan.cshtml", LoanFormFor.Edit => "/Features/Loans/EditLoan.cshtml", _ => "/Features/Loans/ProposeCorrection.cshtml" }, form);
    }

    private string? Refused(LoanFormFor what, OpenLoanForm.Answer loan) => what switch
    {
        LoanFormFor.Edit when !loan.IsEditable => T["该笔贷款的登记期已过，请用“申请更正”"],
        LoanFormFor.Correct when loan.IsEditable => T["登记期内可以直接修改，不用申请更正"],
        LoanFormFor.Correct when loan.HasWaitingCorrection => T["该笔贷款已有一项更正待同意，请先撤回或等待处理"],
        _ => null,
    };

    private async Task<IActionResult> AgainAsync(LoanFormFor what, long? id, LoanForm form, CancellationToken ct)
    {
        return await FormAsync(what, id, form, ct);
    }

    private async Task<IActionResult> CheckAsync(LoanFormFor what, long? id, LoanForm form, CancellationToken ct)
    {
        RuleLoan.Answer answer = await mediator.Send(new RuleLoan.Query(form.Cells(), form.LegacyReason, id), ct);
        List<Problem> wrong = [.. Wrong(answer, what)];
        if (what == LoanFormFor.Correct && string.IsNullOrWhiteSpace(form.Reason))
        {
            wrong.Add(new Problem("reason", "required", new Words("请写明更正理由，500 字以内", "Say why the correction is needed, up to 500 characters")));
        }

        if (what != LoanFormFor.Register && answer.Ruling is not null && answer.Changes.Count == 0)
        {
            wrong.Add(new Problem("", "required", new Words("没有任何字段被修改", "No field was changed")));
        }

        if (wrong.Count > 0)
        {
            ModelState.AddProblems(wrong, T);
            // A condition of the rule says no, and nothing else is wrong: 422 in the rulebook's words.
            Response.StatusCode = wrong.Count > answer.Problems.Count && answer.Problems.Count == 0 && answer.Ruling is { IsRefused: true }
                ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status400BadRequest;
            return await FormAsync(what, id, form, ct);
        }

        ViewData["Form"] = new LoanFormView(what, SignedIn.Of(HttpContext)!.Acting.Bank ?? 0, id, answer);
        return View("/Features/Loans/CheckLoan.cshtml", form);
    }

    private async Task<IActionResult> DoneAsync(Outcome<long> outcome, LoanFormFor what, long? id, LoanForm form, string said, CancellationToken ct)
    {
        if (outcome.IsNotFound)
        {
            return NotFound();
        }

        if (!outcome.Succeeded)
        {
            this.WhyNot(outcome, T, () => NoContent());
            return await FormAsync(what, id, form, ct);
        }

        await mediator.Send(new DropDraft.Command(what.ToString().ToLowerInvariant(), id?.ToString(CultureInfo.InvariantCulture) ?? ""), ct);
        TempData.Flash(FlashTone.Good, said);
        return LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/loans/{SignedIn.Of(HttpContext)!.Acting.Bank}/{id ?? outcome.Value}"));
    }
}
