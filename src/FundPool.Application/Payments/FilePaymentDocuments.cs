using FluentValidation;
using FundPool.Application.Compensation;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Payments;

/// <summary>The bank files account and documents for all its claims of a plan at once (a.19(3)). What comes after the day is taken, and marked late.</summary>
public static class FilePaymentDocuments
{
    [Requires(Permission.FilePaymentDocuments)]
    [UnderArticle("19(3)")]
    public sealed record Command(long Plan, string? AccountName, string? AccountNumber, string? OpeningBank) : IRequest<Outcome<long>>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.AccountName).NotEmpty().MaximumLength(100).OverridePropertyName("accountName")
                .Saying("required", "请填写账户名称，100 字以内", "Enter the account's name, up to 100 characters");
            RuleFor(command => command.AccountNumber).Must(number => Digits(number) is { Length: >= 8 and <= 32 } digits && digits.All(char.IsAsciiDigit)).OverridePropertyName("accountNumber")
                .Saying("format", "请填写 8 到 32 位数字的账号，可用空格或短横分隔", "Enter an account number of 8 to 32 digits; spaces and hyphens may stand between them");
            RuleFor(command => command.OpeningBank).NotEmpty().MaximumLength(100).OverridePropertyName("openingBank")
                .Saying("required", "请填写开户行，100 字以内", "Enter the opening bank, up to 100 characters");
        }

        internal static string Digits(string? number) => (number ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, IPersonalNumbers numbers) : IRequestHandler<Command, Outcome<long>>
    {
        public async Task<Outcome<long>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool(), bank = actor.Bank();
            Plan? plan = await db.Plans.AsNoTracking().FirstOrDefaultAsync(p => p.PoolId == pool && p.Id == command.Plan && p.State == "issued", cancellationToken);
            if (plan is null || !await db.Claims.AnyAsync(c => c.PoolId == pool && c.BankId == bank && c.PlanId == plan.Id, cancellationToken))
            {
                return default(NotFound);
            }

            List<Claim> claims = await db.Claims.LockOfPlanAsync(pool, bank, plan.Id, "planned", cancellationToken);
            if (claims.Count == 0)
            {
                return new Refusal(new Article("19(3)"), new Words("本计划的拨款资料已提交，无须重复提交", "The payment documents of this plan are filed already"));
            }

            List<PayoutPaper> papers = await db.PayoutPapers.AsNoTracking().Where(p => p.PoolId == pool && p.BankId == bank && p.PlanId == plan.Id && p.WithdrawnAt == null).OrderBy(p => p.Id).ToListAsync(cancellationToken);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            List<Problem> missing = [.. at.Rulebooks.Home.Materials.Where(m => m is { ForPayment: true, Need: MaterialNeed.Always } && papers.All(p => p.Code != m.Code))
                .Select(m => new Problem(m.Code, "required", new Words($"请上传“{m.Name.Zh}”", $"Upload “{m.Name.En}”")))];
            if (missing.Count > 0)
            {
                return missing;
            }

            string account = Validator.Digits(command.AccountNumber);
            long[] fileIds = [.. papers.Select(p => p.FileId)];
            Dictionary<long, (string Name, string Sha256)> files = await db.Files.AsNoTracking().Where(f => f.PoolId == pool && f.BankId == bank && fileIds.Contains(f.Id))
                .ToDictionaryAsync(f => f.Id, f => (f.Name, Convert.ToHexStringLower(f.Sha256)), cancellationToken);
            DateOnly today = rules.Today, due = plan.DocumentsDue ?? at.Deadlines.Due("payment_documents", plan.IssuedOn!.Value).Due;
            Payout payout = new()
            {
                PoolId = pool,
                BankId = bank,
                PlanId = plan.Id,
                AccountName = command.AccountName!.Trim(),
                AccountCipher = numbers.Protect(account).Cipher,
                AccountShown = Mask.Account(account),
                OpeningBank = command.OpeningBank!.Trim(),
                Papers = PaymentBook.Write(papers.Select(p => new FiledPaper(p.Code, p.Id, files[p.FileId].Name, files[p.FileId].Sha256))),
                DocumentsDue = due,
                Late = today > due,
                Hands = [.. papers.Select(p => p.UploadedBy).Append(actor.Person()).Distinct()],
                FiledBy = actor.Person(),
                FiledByName = actor.Acting.PersonName,
                FiledOn = today,
            };
            db.Payouts.Add(payout);
            foreach (Claim claim in claims)
            {
                if (claim.Move(ClaimAction.File, "19(3)") is { } refused)
                {
                    return refused;
                }
            }

            await db.SaveChangesAsync(cancellationToken);
            return payout.Id;
        }
    }
}
