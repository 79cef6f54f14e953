using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Views;

/// <summary>Keeps a list's filter under a name, for oneself or for the whole organisation. The same name again replaces it.</summary>
public static class SaveView
{
    [Requires(Permission.ReadLoans)]
    public sealed record Command(string Page, string? Name, string Query, bool Shared) : IRequest<Outcome<int>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).NotEmpty().MaximumLength(60).OverridePropertyName("name")
                .Saying("required", "请给视图起一个名字，60 字以内", "Give the view a name, up to 60 characters");
            RuleFor(command => command.Query).MaximumLength(2000).OverridePropertyName("name")
                .Saying("too_long", "筛选条件过长，无法保存", "The filter is too long to be kept");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor) : IRequestHandler<Command, Outcome<int>>
    {
        public async Task<Outcome<int>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), organisation = actor.Acting.Organisation!.Value, person = actor.Person();
            string name = command.Name!.Trim();
            SavedView? view = await db.SavedViews.FirstOrDefaultAsync(v => v.PoolId == pool && v.OrganisationId == organisation && v.PersonId == person && v.Page == command.Page && v.Name == name, cancellationToken);
            if (view is null)
            {
                view = new SavedView { PoolId = pool, OrganisationId = organisation, PersonId = person, Page = command.Page, Name = name, Query = command.Query };
                db.SavedViews.Add(view);
            }

            view.Query = command.Query;
            view.Shared = command.Shared;
            await db.SaveChangesAsync(cancellationToken);
            return view.Id;
        }
    }
}
