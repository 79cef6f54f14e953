using System.Collections.Concurrent;
using System.Reflection;
using FluentValidation;
using FundPool.Data;
using FundPool.Data.Tenancy;
using FundPool.Domain.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FundPool.Application.Pipeline;

/// <summary>First fence: the permission on the request type.</summary>
internal sealed class PermissionBehaviour<TRequest, TResponse>(IActor actor) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        RequestFacts facts = RequestFacts.Of(request.GetType());
        return actor.May(facts.Permission) ? next() : throw new PermissionDeniedException(facts.Permission);
    }
}

/// <summary>Bad input never reaches a handler; it goes back to its fields.</summary>
internal sealed class ValidationBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        List<Problem> problems = [];
        foreach (IValidator<TRequest> validator in validators)
        {
            FluentValidation.Results.ValidationResult result = await validator.ValidateAsync(request, cancellationToken);
            problems.AddRange(result.Errors.Select(error =>
                new Problem(error.PropertyName, error.ErrorCode, error.CustomState as Words? ?? new Words(error.ErrorMessage, error.ErrorMessage))));
        }

        return problems.Count == 0 ? await next() : RequestFacts.Refuse<TResponse>(problems);
    }
}

/// <summary>
/// One transaction a request, in the actor's scope; committed when the outcome is good, undone whole when it is not. Whoever loses a race
/// (a form sent twice at once, a row that another changed in between) is told so, and is no bug.
/// </summary>
internal sealed class TransactionBehaviour<TRequest, TResponse>(FundPoolDb db, IActor actor, TimeProvider clock) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly Problem LostRace = new("", "conflict", new Words(
        "刚才已有相同或更新的内容保存；请刷新页面核对后再试", "The same or something newer was saved a moment ago; reload the page, look, and try again"));

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        RequestFacts facts = RequestFacts.Of(request.GetType());
        Cause cause = new(facts.Name, (request as IReasoned)?.Reason, facts.Article, actor.Trace, clock.GetUtcNow());
        IPublicPage? page = request as IPublicPage;
        await using IDbContextTransaction transaction = await db.BeginAsync(page is null ? actor.Acting : Acting.Public, cause, cancellationToken);
        if (page is not null)
        {
            await db.EnterPoolAsync(page.Pool, cancellationToken);
        }

        TResponse response;
        try
        {
            response = await next();
        }
        catch (DbUpdateException lost) when (typeof(IOutcome).IsAssignableFrom(typeof(TResponse)) && IsLostRace(lost))
        {
            response = RequestFacts.Refuse<TResponse>([LostRace]);
        }

        if (response is IOutcome { Succeeded: false })
        {
            // What was refused must not be written by the next save of the same page.
            db.ChangeTracker.Clear();
            return response;
        }

        await transaction.CommitAsync(cancellationToken);
        return response;
    }

    private static bool IsLostRace(DbUpdateException failure) =>
        failure is DbUpdateConcurrencyException || failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}

/// <summary>What stands on a request type, read once.</summary>
public sealed record RequestFacts(string Name, FundPool.Domain.Tenancy.Permission Permission, string? Article)
{
    private static readonly ConcurrentDictionary<Type, RequestFacts> Known = new();

    public static RequestFacts Of(Type request) => Known.GetOrAdd(request, static type => new RequestFacts(
        type.DeclaringType?.Name ?? type.Name,
        type.GetCustomAttribute<RequiresAttribute>()?.Permission
            ?? throw new InvalidOperationException($"{type.FullName} names no permission: add [Requires(…)]."),
        type.GetCustomAttribute<UnderArticleAttribute>()?.Article));

    internal static TResponse Refuse<TResponse>(List<Problem> problems)
    {
        MethodInfo conversion = typeof(TResponse).GetMethod("op_Implicit", [typeof(List<Problem>)])
            ?? throw new InvalidOperationException($"A request with a validator answers with an Outcome, not with {typeof(TResponse).Name}.");
        return (TResponse)conversion.Invoke(null, [problems])!;
    }
}
