using System.Globalization;
using FundPool.Application.Papers;
using FundPool.Application.Ports;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Messages;

/// <summary>
/// Makes mail of new messages for whoever asked for it, and sends what waits (ADR 0028): one row a person and message, locked while it is
/// sent, put off with growing pauses while the server is away. Title, number and link; no name and no amount leave the portal.
/// </summary>
public sealed class DispatchMail(NpgsqlDataSource source, TimeProvider clock, PaperAddress address, IMailer? mailer = null)
{
    /// <summary>After so many attempts, two days, the mail is given up; the message stands in the inbox all the same.</summary>
    public const int MostAttempts = 14;

    private const int AtOnce = 200;

    /// <summary>How many mails went out.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (mailer is null)
        {
            return 0;
        }

        await AddressAsync(ct);
        int sent = 0;
        for (int i = 0; i < AtOnce; i++)
        {
            switch (await SendNextAsync(ct))
            {
                case true:
                    sent++;
                    break;
                case null:
                    return sent;
            }
        }

        return sent;
    }

    /// <summary>The pause after so many attempts that failed: half a minute, doubled each time, six hours at most.</summary>
    internal static TimeSpan PauseAfter(int attempts) => TimeSpan.FromSeconds(Math.Min(30 * Math.Pow(2, attempts - 1), 6 * 3600));

    // What is older than a day was told before mail was switched on; nobody wants all of that at once.
    private async Task AddressAsync(CancellationToken ct)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime, day = now.AddDays(-1);
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Jobs, new Cause("DispatchMail"), ct);
        List<Message> messages = await db.Messages.FromSql($"select * from tenancy.message where addressed_at is null order by id limit 500 for update skip locked").AsNoTracking().ToListAsync(ct);
        if (messages.Count == 0)
        {
            return;
        }

        int[] organisations = [.. messages.Where(m => m.CreatedAt > day).Select(m => m.OrganisationId).Distinct()];
        var people = (await (
            from person in db.People
            where organisations.Contains(person.OrganisationId) && person.MailOn && person.Email != null && person.DisabledAt == null
            join organisation in db.Organisations on new { person.PoolId, Id = person.OrganisationId } equals new { organisation.PoolId, organisation.Id }
            where organisation.DisabledAt == null
            select new
            {
                person.Id, person.OrganisationId, organisation.Kind,
                Roles = db.PersonRoles.Where(r => r.PoolId == person.PoolId && r.OrganisationId == person.OrganisationId && r.PersonId == person.Id).Select(r => r.Role).ToList(),
            }).ToListAsync(ct)).ToLookup(person => person.OrganisationId, person => (person.Id,
                Permissions: Membership.PermissionsOf(Membership.KindOf(person.Kind)!.Value, person.Roles.Select(Membership.RoleOf).OfType<Role>()).Select(p => p.ToString()).ToHashSet()));
        foreach (Message message in messages)
        {
            foreach ((int person, HashSet<string> permissions) in message.CreatedAt > day ? people[message.OrganisationId] : [])
            {
                if (message.PersonId is { } one ? one == person : message.Permission is null || permissions.Contains(message.Permission))
                {
                    await db.Database.ExecuteSqlAsync($"""
                        insert into tenancy.mail (pool_id, organisation_id, message_id, person_id, next_at) values ({message.PoolId}, {message.OrganisationId}, {message.Id}, {person}, {now}) on conflict do nothing
                        """, ct);
                }
            }
        }

        long[] ids = [.. messages.Select(m => m.Id)];
        await db.Database.ExecuteSqlAsync($"update tenancy.message set addressed_at = {now} where id = any ({ids})", ct);
        await transaction.CommitAsync(ct);
    }

    // True: sent. False: dealt with otherwise. Null: nothing waits, or the server is away.
    private async Task<bool?> SendNextAsync(CancellationToken ct)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Jobs, new Cause("DispatchMail"), ct);
        Mail? mail = await db.Mails.FromSql($"select * from tenancy.mail where state = 'waiting' and next_at <= {now} order by next_at limit 1 for update skip locked").AsTracking().FirstOrDefaultAsync(ct);
        if (mail is null)
        {
            return null;
        }

        Message message = await db.Messages.AsNoTracking().FirstAsync(m => m.PoolId == mail.PoolId && m.OrganisationId == mail.OrganisationId && m.Id == mail.MessageId, ct);
        string? to = await db.People.Where(p => p.PoolId == mail.PoolId && p.OrganisationId == mail.OrganisationId && p.Id == mail.PersonId && p.MailOn && p.DisabledAt == null)
            .Select(p => p.Email).FirstOrDefaultAsync(ct);
        bool? answer = false;
        if (to is null || message.ClosedAt is not null)
        {
            (mail.State, mail.LastError) = ("given_up", to is null ? "no longer wanted" : "done before it was sent");
        }
        else
        {
            try
            {
                await mailer!.SendAsync(Compose(message, mail.PersonId, to), ct);
                (mail.State, mail.SentAt, mail.LastError) = ("sent", now, null);
                mail.Attempts++;
                answer = true;
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                string said = $"{error.GetType().Name}: {error.Message}";
                mail.Attempts++;
                mail.LastError = said[..Math.Min(said.Length, 500)];
                mail.NextAt = now + PauseAfter(mail.Attempts);
                mail.State = mail.Attempts >= MostAttempts ? "given_up" : "waiting";
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return answer;
    }

    private OutgoingMail Compose(Message message, int person, string to)
    {
        Words title = MessageWords.TitleOf(message);
        string link = string.Create(CultureInfo.InvariantCulture, $"{address.Portal.TrimEnd('/')}/messages/{message.Id}");
        return new OutgoingMail(string.Create(CultureInfo.InvariantCulture, $"{message.PoolId}.{message.Id}.{person}@fundpool"), to, title.Zh, $"{title.Zh}\n{title.En}\n\n{link}\n");
    }
}
