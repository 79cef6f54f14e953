using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FundPool.Application.Demonstration;

/// <summary>The clock of the seeding: the demonstration's present, or the day in the past that a piece of work belongs to.</summary>
public sealed class DemonstrationClock : TimeProvider
{
    private readonly TimeProvider real;
    private DateTimeOffset? set;

    public DemonstrationClock()
        : this(System)
    {
    }

    private DemonstrationClock(TimeProvider real) => this.real = real;

    /// <summary>The real time.</summary>
    internal DateTimeOffset Real => real.GetUtcNow();

    /// <summary>How far the demonstration stands before the real time, as <see cref="TravellingClock"/> has it.</summary>
    internal TimeSpan Ahead { get; set; }

    /// <summary>On another real time than the system's, for tests.</summary>
    public static DemonstrationClock On(TimeProvider real) => new(real);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => set ?? Real + Ahead;

    /// <summary>Goes to a day and an hour in Shenzhen; null comes back to the present.</summary>
    internal void GoTo(DateOnly? day, int hour = 10) =>
        set = day is { } then ? new DateTimeOffset(then.ToDateTime(new TimeOnly(hour, 0)), TimeSpan.FromHours(8)) : null;

    /// <summary>A little later the same day, so that a history reads in order.</summary>
    internal void Later() => set = set?.AddMinutes(7);
}

/// <summary>The people of the demonstration, each doing what the role may through the use cases themselves.</summary>
internal sealed class DemonstrationStage(IServiceProvider services, NpgsqlDataSource source, int pool, CancellationToken ct)
{
    private readonly Dictionary<string, (Acting Acting, OrganisationKind Kind)> people = [];

    /// <summary>The clock that the use cases see.</summary>
    public DemonstrationClock Clock { get; } = ClockOf(services);

    /// <summary>The pool played on.</summary>
    public int Pool => pool;

    public static DemonstrationClock ClockOf(IServiceProvider services) => services.GetRequiredService<TimeProvider>() as DemonstrationClock
        ?? throw new InvalidOperationException("The seeding needs a clock that can be set.");

    /// <summary>Sends a request as a person, named <c>login@ORG</c>.</summary>
    public async Task<TAnswer> AsAsync<TAnswer>(string who, IRequest<TAnswer> request)
    {
        (Acting acting, OrganisationKind kind) = await PersonAsync(who);
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DemonstrationActor>().Become(acting, kind);
        TAnswer answer = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
        Clock.Later();
        return answer;
    }

    /// <summary>The same for what must succeed: a demonstration that a rule refuses is a bug of the seeding.</summary>
    public async Task<T> DoAsync<T>(string who, IRequest<Outcome<T>> request)
    {
        Outcome<T> outcome = await AsAsync(who, request);
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(
            $"{who} {request}: {outcome.Refusal?.Words.Zh ?? string.Join("; ", outcome.Problems.Select(p => $"{p.Field} {p.Message.Zh}"))}{(outcome.IsNotFound ? "not found" : "")}");
    }

    /// <summary>Sends a request as anybody does who is not signed in.</summary>
    public async Task<TAnswer> AsAnybodyAsync<TAnswer>(IRequest<TAnswer> request)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        TAnswer answer = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
        Clock.Later();
        return answer;
    }

    /// <summary>Reads as a person sees it.</summary>
    public async Task<T> ReadAsync<T>(string who, Func<FundPoolDb, Task<T>> read)
    {
        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync((await PersonAsync(who)).Acting, new Cause("SeedDemonstration"), ct);
        return await read(db);
    }

    /// <summary>Who that is.</summary>
    public async Task<(Acting Acting, OrganisationKind Kind)> PersonAsync(string who)
    {
        if (people.TryGetValue(who, out (Acting, OrganisationKind) known))
        {
            return known;
        }

        await using FundPoolDb db = new(FundPoolDb.Options(source));
        await using IDbContextTransaction transaction = await db.BeginAsync(Acting.Identity, new Cause("SeedDemonstration"), ct);
        string code = who[(who.IndexOf('@', StringComparison.Ordinal) + 1)..], login = who.ToUpperInvariant();
        Organisation organisation = await db.Organisations.AsNoTracking().SingleAsync(o => o.PoolId == pool && o.Code == code, ct);
        Person person = await db.People.AsNoTracking().SingleAsync(p => p.OrganisationId == organisation.Id && p.NormalizedUserName == login, ct);
        OrganisationKind kind = Membership.KindOf(organisation.Kind) ?? throw new InvalidOperationException($"Unknown kind {organisation.Kind}.");
        bool bank = kind == OrganisationKind.Bank;
        return people[who] = (new Acting(bank ? Scope.Bank : Scope.Pool, pool, bank ? organisation.Id : null, organisation.Id, person.Id, person.FullName), kind);
    }
}

/// <summary>The actor of the seeding: one person after the other, as each piece of work needs.</summary>
public sealed class DemonstrationActor : IActor
{
    public Acting Acting { get; private set; } = new(Scope.Platform, null, null, null, null, "系统");

    public OrganisationKind Kind { get; private set; } = OrganisationKind.Platform;

    public IReadOnlySet<Permission> Permissions { get; } = Enum.GetValues<Permission>().ToHashSet();

    public string? Trace => null;

    internal void Become(Acting acting, OrganisationKind kind) => (Acting, Kind) = (acting, kind);
}
