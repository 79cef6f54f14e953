using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Accounts;

/// <summary>
/// The order of the steps: password, code, new password where one is due, authenticator where there is none yet, the other
/// session where there is one, done. A person with an authenticator shows it before anything can be changed, so that a
/// reset password alone opens nothing (ASVS 5.0 6.4.3).
/// </summary>
public sealed class SignInPath(FundPoolDb db, PortalAccounts accounts, Sessions sessions, IDataProtectionProvider protection, TimeProvider clock, AccountOptions options)
{
    internal static readonly SignInAnswer Lapsed = new(SignInStage.Password)
    {
        Refused = new Words("登录步骤已超时，请重新登录。", "The sign-in took too long. Start again."),
    };

    internal static SignInAnswer TooMany(SignInStage stage, Admission admission) => new(stage)
    {
        Until = admission.Until,
        Refused = new Words("失败次数过多，请稍后再试。", "Too many failed attempts. Try again later."),
    };

    /// <summary>The person of a ticket, if the ticket still opens this step. From here on changes are written down under the person's name.</summary>
    internal async Task<(SignInTicket Ticket, Person Person)?> OpenAsync(string sealedTicket, CancellationToken ct)
    {
        if (SignInTicket.Open(protection, sealedTicket, clock.GetUtcNow().UtcDateTime, options.SignInLasts) is not { } ticket)
        {
            return null;
        }

        Person? person = await db.People.SingleOrDefaultAsync(p => p.PoolId == ticket.Pool && p.OrganisationId == ticket.Organisation && p.Id == ticket.Person, ct);
        if (person is null || person.DisabledAt is not null || person.SecurityStamp != ticket.Stamp || person.LastSignedInAt > ticket.At)
        {
            return null;
        }

        await KnownAsAsync(person, ct);
        return (ticket, person);
    }

    internal SignInTicket Ticket(Person person) =>
        new(person.PoolId, person.OrganisationId, person.Id, person.SecurityStamp, clock.GetUtcNow().UtcDateTime);

    internal async Task<SignInStage> NextAsync(SignInTicket ticket, Person person, CancellationToken ct) => (ticket, person) switch
    {
        ({ CodeShown: false }, { AuthenticatorConfirmed: true }) => SignInStage.Code,
        _ when accounts.MustSetPassword(person) => SignInStage.NewPassword,
        (_, { AuthenticatorConfirmed: false }) => SignInStage.Enrol,
        ({ EndOthers: false }, _) when await sessions.Live(person.PoolId, person.OrganisationId, person.Id).AnyAsync(ct) => SignInStage.OtherSession,
        _ => SignInStage.Done,
    };

    /// <summary>Goes on to the next step, or opens the session when there is none left.</summary>
    internal async Task<SignInAnswer> AdvanceAsync(SignInTicket ticket, Person person, string address, string agent, CancellationToken ct)
    {
        SignInStage next = await NextAsync(ticket, person, ct);
        if (next != SignInStage.Done)
        {
            return new SignInAnswer(next) { Ticket = ticket.Seal(protection) };
        }

        // The person's row first: of two sign-ins at the same moment the second waits here and then ends the first one's session.
        await db.BecauseAsync($"从 {address} 登录", null, ct);
        person.LastSignedInAt = clock.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(ct);
        await sessions.EndAsync(person.PoolId, person.OrganisationId, person.Id, Sessions.ByOtherSignIn, keep: null, ct);
        string session = sessions.Open(person, address, agent);
        await db.SaveChangesAsync(ct);
        return new SignInAnswer(SignInStage.Done) { Session = session };
    }

    /// <summary>Writes the rest of the transaction into the record of the person's own organisation.</summary>
    internal Task KnownAsAsync(Person person, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        select set_config('app.pool', {Text(person.PoolId)}, true), set_config('app.organisation', {Text(person.OrganisationId)}, true),
               set_config('app.person', {Text(person.Id)}, true), set_config('app.person_name', {person.FullName}, true)
        """, ct);

    private static string Text(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
