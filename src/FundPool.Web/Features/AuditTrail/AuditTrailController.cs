using System.Globalization;
using FundPool.Application.AuditTrail;
using FundPool.Domain.Tenancy;
using FundPool.Web.Design;
using FundPool.Web.Design.Text;
using FundPool.Web.Identity;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Features.AuditTrail;

/// <summary>The record of what was done: read, narrowed, taken out; nobody can change it.</summary>
[Route("/audit")]
[ResponseCache(NoStore = true)]
public sealed class AuditTrailController(IMediator mediator, TimeProvider clock, IText T) : Controller
{
    [Asks(Permission.ReadAudit)]
    [HttpGet("")]
    public async Task<IActionResult> ListAudit(AuditForm form, string? after, CancellationToken ct) =>
        View("ListAudit", new AuditList(form, after is not null, await mediator.Send(new ListAudit.Query(form.Filter, after), ct)));

    [Asks(Permission.ReadAudit)]
    [HttpGet("export")]
    public async Task<IActionResult> ExportAudit(AuditForm form, CancellationToken ct)
    {
        string[] columns = [T["时间"], T["机构"], T["人员"], T["操作"], T["对象"], T["对象编号"], T["之前"], T["之后"], T["理由"], T["依据"], T["链"], T["序号"], T["校验值"]];
        FileStream file = await mediator.Send(new ExportAudit.Command(form.Filter, columns, T["操作记录"], T.ActionName, T.EntityName), ct);
        string day = Clock.Local(clock.GetUtcNow()).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", T["操作记录-{0}.xlsx", day]);
    }
}

/// <summary>The list with what it is narrowed to.</summary>
public sealed record AuditList(AuditForm Form, bool Further, ListAudit.Answer Answer);

public sealed class AuditForm
{
    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public string? Person { get; set; }

    /// <summary>The action; a parameter of that name would be the route's own.</summary>
    public string? Deed { get; set; }

    public string? Entity { get; set; }

    public string? Id { get; set; }

    public int? Organisation { get; set; }

    internal AuditFilter Filter => new()
    {
        From = From, To = To, Person = Person, Action = Deed, Entity = Entity, EntityId = Id, Organisation = Organisation,
    };
}
