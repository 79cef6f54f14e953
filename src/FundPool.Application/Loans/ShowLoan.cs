using System.Globalization;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Audit;
using FundPool.Data.Loans;
using FundPool.Data.Tenancy;
using FundPool.Domain.Calendar;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Loans;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Loans;

/// <summary>One loan whole: what was stated, the ruling replayed step by step, deadlines, classification, documents, and everything that happened to it.</summary>
public static class ShowLoan
{
    private static readonly string[] Watched = ["loan.loan", "loan.classification", "loan.correction", "loan.document"];

    [Requires(Permission.ReadLoans)]
    public sealed record Query(int Bank, long Id) : IRequest<Outcome<Answer>>;

    /// <param name="Name">The borrower's name, masked for natural persons where the reader is not the bank.</param>
    /// <param name="Share">The expected share piece by piece.</param>
    /// <param name="IsEditable">The bank may still change it freely.</param>
    /// <param name="Organisations">The names of those that the reader may know, by id.</param>
    public sealed record Answer(Loan Loan, string Name, string BankName, RegistrationRuling Ruling, IReadOnlyList<RulingStep> Share, IReadOnlyList<LoanDeadline> Deadlines,
        IReadOnlyList<Classification> Classifications, IReadOnlyList<Correction> Corrections, IReadOnlyList<(Document Document, StoredFile File)> Documents,
        IReadOnlyList<HistoryEntry> History, IReadOnlyDictionary<int, string> Organisations, bool IsEditable, bool IsOwn, string? RegisteredBy, string? FileName)
    {
        /// <summary>The claims made for it that the reader may see, the newest first.</summary>
        public IReadOnlyList<LoanClaim> Claims { get; init; } = [];

        /// <summary>The bank may begin a claim for it.</summary>
        public bool MayClaim { get; init; }
    }

    /// <summary>A claim made for the loan.</summary>
    public sealed record LoanClaim(long Id, string Number, string State, long? AmountFen, DateTime StateSince);

    /// <summary>A deadline that runs on this loan.</summary>
    public sealed record LoanDeadline(DeadlineRule Rule, DateOnly From, Deadline Deadline);

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules) : IRequestHandler<Query, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Query query, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            Loan? loan = await db.Loans.AsNoTracking().FirstOrDefaultAsync(l => l.PoolId == pool && l.BankId == query.Bank && l.Id == query.Id, cancellationToken);
            if (loan is null)
            {
                return default(NotFound);
            }

            RuleBase at = await rules.InAsync(db, cancellationToken);
            Dictionary<int, string> organisations = await db.Organisations.AsNoTracking().Where(o => o.PoolId == pool).ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
            List<Classification> classifications = await db.Classifications.AsNoTracking()
                .Where(c => c.PoolId == pool && c.BankId == loan.BankId && c.LoanId == loan.Id).OrderByDescending(c => c.ValueDate).ThenByDescending(c => c.Id).ToListAsync(cancellationToken);
            List<Correction> corrections = await db.Corrections.AsNoTracking()
                .Where(c => c.PoolId == pool && c.BankId == loan.BankId && c.LoanId == loan.Id).OrderByDescending(c => c.Id).ToListAsync(cancellationToken);
            var documents = await (
                from document in db.Documents.AsNoTracking()
                where document.PoolId == pool && document.BankId == loan.BankId && document.LoanId == loan.Id && document.WithdrawnAt == null
                join file in db.Files on new { document.PoolId, document.BankId, Id = document.FileId } equals new { file.PoolId, file.BankId, file.Id }
                orderby document.Id
                select new { document, file }).ToListAsync(cancellationToken);
            string entityId = string.Create(CultureInfo.InvariantCulture, $"{pool}/{loan.BankId}/{loan.Id}");
            List<AuditEvent> history = await db.AuditEvents.AsNoTracking()
                .Where(e => e.EntityId == entityId && Watched.Contains(e.Entity) && e.Action != "RegisterLoans").OrderByDescending(e => e.At).ThenByDescending(e => e.Seq).Take(200).ToListAsync(cancellationToken);
            string? registeredBy = await db.People.AsNoTracking().Where(p => p.PoolId == pool && p.Id == loan.RegisteredBy).Select(p => p.FullName).FirstOrDefaultAsync(cancellationToken);
            string? fileName = loan.BatchId is null ? null : await (
                from batch in db.ImportBatches.AsNoTracking()
                where batch.PoolId == pool && batch.BankId == loan.BankId && batch.Id == loan.BatchId
                join file in db.Files on new { batch.PoolId, batch.BankId, Id = batch.FileId } equals new { file.PoolId, file.BankId, file.Id }
                select file.Name).FirstOrDefaultAsync(cancellationToken);

            bool own = actor.Acting.Bank == loan.BankId;
            LoanFacts facts = LoanMapping.FactsOf(loan);
            RegistrationRuling ruling = RegistrationRuling.On(facts, loan.RegisteredOn, loan.LegacyReason is not null, false, at.Rulebooks, at.Facts);
            bool maskNames = !own && loan.BorrowerKind == "owner";
            return new Answer(loan, Masking.Name(actor, loan), organisations[loan.BankId], ruling, ShareOutlook.PiecesOf(facts.Terms, rules.Today, at),
                DeadlinesOf(loan, at), classifications, corrections, [.. documents.Select(d => (d.document, d.file))],
                LoanHistory.Of(history, loan, registeredBy, maskNames), organisations, own && LoanWindow.IsOpen(loan, at, rules.Today), own, registeredBy, fileName)
            {
                Claims = actor.May(Permission.ReadClaims) ? await ClaimsAsync(loan, own, cancellationToken) : [],
                MayClaim = own && actor.May(Permission.MakeClaims) && await Compensation.StartClaim.WhyNotAsync(db, loan, cancellationToken) is null,
            };
        }

        private Task<List<LoanClaim>> ClaimsAsync(Loan loan, bool own, CancellationToken ct) => db.Claims.AsNoTracking()
            .Where(c => c.PoolId == loan.PoolId && c.BankId == loan.BankId && c.LoanId == loan.Id && (own || c.Version > 0))
            .OrderByDescending(c => c.Id).Select(c => new LoanClaim(c.Id, c.Number, c.State, c.ApprovedFen ?? c.AmountFen, c.StateSince)).ToListAsync(ct);

        private static List<LoanDeadline> DeadlinesOf(Loan loan, RuleBase at)
        {
            List<(string Code, DateOnly From)> running = [("register", loan.LoanDate)];
            if (loan.Library == "loan")
            {
                if (loan.NplSince is { } since)
                {
                    running.Add(("claim", since));
                }
                else
                {
                    running.Add(("good_closure", loan.MaturityDate));
                    running.Add(("auto_closure", loan.MaturityDate));
                }
            }

            return [.. from item in running
                       let rule = at.Deadlines.Rule(item.Code)
                       where rule is not null
                       select new LoanDeadline(rule, item.From, at.Deadlines.Due(item.Code, item.From))];
        }
    }
}

/// <summary>Natural persons' data as those see it who are not their bank.</summary>
internal static class Masking
{
    public static string Name(IActor actor, Loan loan) => Name(actor, loan.BankId, loan.BorrowerKind, loan.BorrowerName);

    /// <summary>The same for the fields of a correction.</summary>
    public static IReadOnlyList<FieldChange> Names(IReadOnlyList<FieldChange> changes, bool mask) => !mask ? changes
        : [.. changes.Select(change => change.Field != "borrower_name" ? change
            : change with { Old = change.Old is null ? null : Mask.PersonName(change.Old), New = change.New is null ? null : Mask.PersonName(change.New) })];

    public static string Name(IActor actor, int bank, string borrowerKind, string name) =>
        borrowerKind == "owner" && actor.Acting.Bank != bank ? Mask.PersonName(name) : name;
}
