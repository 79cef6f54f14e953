using FluentValidation;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Members;

/// <summary>The authority's chief decides on a proposed change of a bank's status; what was decided holds from its day.</summary>
public static class DecideBankStatus
{
    [Requires(Permission.DecideBankStatus)]
    [UnderArticle("24, 30")]
    public sealed record Command(int Bank, long Change, bool Consent, string? Opinion) : IRequest<Outcome<Done>>, IReasoned
    {
        public string? Reason => Opinion;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Opinion).NotEmpty().When(command => !command.Consent).OverridePropertyName("opinion")
                .Saying("required", "不同意时请写明理由", "Say why when refusing");
            RuleFor(command => command.Opinion).MaximumLength(1000).OverridePropertyName("opinion")
                .Saying("too_long", "意见请在 1000 字以内", "Keep the opinion under 1000 characters");
        }
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            BankStatusChange? change = await db.BankStatusChanges
                .FromSql($"select * from compensation.bank_status where pool_id = {pool} and bank_id = {command.Bank} and id = {command.Change} for update").FirstOrDefaultAsync(cancellationToken);
            if (change is null)
            {
                return default(NotFound);
            }

            Article article = ProposeBankStatus.Change(change.Change).Article;
            if (change.State != "proposed")
            {
                return new Refusal(article, new Words("该项变更已审定", "This change was decided already"));
            }

            if (FourEyes.WhyNot(actor.Person(), [change.ProposedBy], article.Code) is { } hand)
            {
                return hand;
            }

            Organisation bank = await db.Organisations.FirstAsync(o => o.PoolId == pool && o.Id == command.Bank && o.Kind == "bank", cancellationToken);
            if (command.Consent)
            {
                if (ProposeBankStatus.WhyNot(bank, change.Change, rules.Today) is { } refusal)
                {
                    return refusal;
                }

                // Membership has an end and no later beginning: it begins again with the decision, not before the day that was proposed.
                if (change.Change == "readmit" && change.FromOn > rules.Today)
                {
                    return new Refusal(article, new Words("恢复加盟资格的生效日期未到；请在当日或之后审定", "The day from which the bank is admitted again has not come; decide on that day or later"));
                }

                Put(bank, change);
            }

            change.State = command.Consent ? "decided" : "refused";
            change.DecidedBy = actor.Person();
            change.DecidedByName = actor.Acting.PersonName;
            change.DecidedAt = clock.GetUtcNow().UtcDateTime;
            change.Opinion = string.IsNullOrWhiteSpace(command.Opinion) ? null : command.Opinion.Trim();
            await db.SaveChangesAsync(cancellationToken);
            return default(Done);
        }

        // Off the list from a day is on it until the day before; the history stays in the changes.
        private static void Put(Organisation bank, BankStatusChange change)
        {
            switch (change.Change)
            {
                case "list":
                    (bank.DishonestFrom, bank.DishonestUntil) = (change.FromOn, change.UntilOn);
                    break;
                case "delist":
                    bank.DishonestUntil = change.FromOn.AddDays(-1);
                    break;
                case "remove":
                    bank.RemovedFrom = change.FromOn;
                    break;
                default:
                    bank.RemovedFrom = null;
                    break;
            }
        }
    }
}
