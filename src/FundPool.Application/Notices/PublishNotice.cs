using FluentValidation;
using FundPool.Application.Papers;
using FundPool.Application.Pipeline;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Calendar;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Notices;

/// <summary>
/// The authority's chief publishes a notice: it gets its number, its content is frozen with its digest, its period begins, and the batch's
/// claims are before the public. A correction takes the place of the notice that it corrects.
/// </summary>
public static class PublishNotice
{
    /// <param name="Version">The notice as the chief read it.</param>
    /// <param name="BatchVersion">The batch as the chief read it.</param>
    [Requires(Permission.PublishNotices)]
    [UnderArticle("20(2)")]
    public sealed record Command(long Notice, int Version, int BatchVersion, string? Reason = null) : IRequest<Outcome<string>>, IReasoned;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).MaximumLength(500).OverridePropertyName("reason")
            .Saying("too_long", "意见请在 500 字以内", "Keep the opinion under 500 characters");
    }

    internal sealed class Handler(FundPoolDb db, IActor actor, RuleSource rules, TimeProvider clock, PaperShelf shelf) : IRequestHandler<Command, Outcome<string>>
    {
        public async Task<Outcome<string>> Handle(Command command, CancellationToken cancellationToken)
        {
            int pool = actor.Pool();
            long? batchId = await db.Notices.Where(n => n.PoolId == pool && n.Id == command.Notice).Select(n => (long?)n.BatchId).FirstOrDefaultAsync(cancellationToken);
            if (batchId is null || await db.Batches.LockAsync(pool, batchId.Value, cancellationToken) is not { } batch
                || await db.Notices.LockAsync(pool, command.Notice, cancellationToken) is not { } notice)
            {
                return default(NotFound);
            }

            Notice? old = notice.ReplacesId is { } replaced ? await db.Notices.LockAsync(pool, replaced, cancellationToken) : null;
            await db.LockItemsAsync(pool, batch.Id, cancellationToken);
            if (WhyNot(command, notice, batch, old) is { } refusal)
            {
                return refusal;
            }

            NoticeDesk desk = new(db, rules);
            RuleBase at = await rules.InAsync(db, cancellationToken);
            (_, _, List<BatchLine> lines) = await desk.WriteAsync(notice, NoticeDesk.NoNumber, cancellationToken);
            if (old is null && WhyNot(lines) is { } halted)
            {
                return halted;
            }

            if (lines.Count == 0)
            {
                return new Refusal(new Article("20(2)"), new Words("批次中没有项目，不能发布", "There is nothing in the batch"));
            }

            string series = NoticeDesk.PapersOf(at).NoticeSeries;
            int year = rules.Today.Year;
            int n = await db.Database.SqlQuery<int>($"""select compensation.next_number({series}, {year}) as "Value" """).SingleAsync(cancellationToken);
            string number = PapersRule.Number(series, year, n);
            (NoticeContent content, Deadline ends, lines) = await desk.WriteAsync(notice, number, cancellationToken);
            Publish(notice, content, ends, number);
            batch.State = "published";
            batch.RowVersion++;
            if (old is not null)
            {
                old.State = "replaced";
                old.RowVersion++;
            }

            await db.SaveChangesAsync(cancellationToken);
            await MoveAsync(pool, batch.Id, lines, cancellationToken);
            await shelf.IssueAsync(new PaperSubject(pool, 0, PaperKinds.Notice, notice.Id), NoticePaper.Of(content), cancellationToken);
            return number;
        }

        private Refusal? WhyNot(Command command, Notice notice, Batch batch, Notice? old)
        {
            if (notice.State != "draft")
            {
                return new Refusal(new Article("20(2)"), new Words("该公示已发布", "The notice is published already"));
            }

            if (old is not null && (old.State != "published" || old.OverAt is not null || old.EndsOn < rules.Today))
            {
                return new Refusal(new Article("20(2)"), new Words("被更正的公示已被替代或公示期已满", "The notice to be corrected is replaced or over"));
            }

            return notice.RowVersion != command.Version || batch.RowVersion != command.BatchVersion
                ? new Refusal(new Article("20(2)"), new Words("公示内容或批次在您打开之后已有变动；请核对最新内容后再发布", "The notice or its batch changed after you opened it; read it again before publishing"))
                : FourEyes.WhyNot(actor.Person(), notice.Hands.Concat(batch.Hands), "20(2)");
        }

        private static Refusal? WhyNot(List<BatchLine> lines)
        {
            BatchLine[] halted = [.. lines.Where(line => line.WhyNot.Count > 0)];
            return halted.Length == 0 ? null : new Refusal(halted[0].WhyNot[0].Article, new Words(
                $"以下申请须先移出批次。{string.Join("　", halted.Select(line => line.WhyNotTogether.Zh))}", $"Take these out of the batch first. {string.Join(" · ", halted.Select(line => line.WhyNotTogether.En))}"));
        }

        private void Publish(Notice notice, NoticeContent content, Deadline ends, string number)
        {
            (notice.Content, notice.Sha256) = FrozenPapers.Freeze(content);
            notice.State = "published";
            notice.Number = number;
            notice.PublishedOn = rules.Today;
            notice.PublishedAt = clock.GetUtcNow().UtcDateTime;
            notice.EndsOn = ends.Due;
            notice.EndsProvisional = ends.Provisional;
            notice.PublishedBy = actor.Person();
            notice.PublishedByName = actor.Acting.PersonName;
            notice.RowVersion++;
        }

        // Hundreds at once: the numbers of the items and the moves are one statement each; the history is the database's own work.
        private async Task MoveAsync(int pool, long batch, List<BatchLine> lines, CancellationToken ct)
        {
            int[] banks = [.. lines.Select(line => line.Claim.BankId)];
            long[] claims = [.. lines.Select(line => line.Claim.Id)];
            await db.Database.ExecuteSqlAsync($"""
                update compensation.batch_item i set n = x.n, amount_fen = c.approved_fen
                from unnest({banks}, {claims}) with ordinality as x(bank_id, claim_id, n)
                join compensation.claim c on c.pool_id = {pool} and c.bank_id = x.bank_id and c.id = x.claim_id
                where i.pool_id = {pool} and i.batch_id = {batch} and i.bank_id = x.bank_id and i.claim_id = x.claim_id
                """, ct);
            await db.Database.ExecuteSqlAsync($"update compensation.batch_item set n = null where pool_id = {pool} and batch_id = {batch} and left_at is not null", ct);
            await db.Claims.Where(claim => claim.PoolId == pool && claim.BatchId == batch && claim.State == "batched")
                .ExecuteUpdateAsync(set => set.SetProperty(claim => claim.State, "published").SetProperty(claim => claim.RowVersion, claim => claim.RowVersion + 1), ct);
        }
    }
}
