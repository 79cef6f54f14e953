using FundPool.Domain.Kernel;

namespace FundPool.Application.Pipeline;

/// <summary>What the pipeline needs to know of any outcome: whether to commit.</summary>
public interface IOutcome
{
    bool Succeeded { get; }
}

/// <summary>
/// The end of a use case: a value, or one of three kinds of no. Bad input comes back at its fields (400), a rule's refusal with
/// its article (422), and what the fences hide is not found (404). A bug is an exception.
/// </summary>
public sealed class Outcome<T> : IOutcome
{
    private readonly T? value;

    private Outcome(T? value, IReadOnlyList<Problem> problems, Refusal? refusal, bool notFound)
    {
        this.value = value;
        Problems = problems;
        Refusal = refusal;
        IsNotFound = notFound;
    }

    public IReadOnlyList<Problem> Problems { get; }

    public Refusal? Refusal { get; }

    public bool IsNotFound { get; }

    public bool Succeeded => Problems.Count == 0 && Refusal is null && !IsNotFound;

    /// <summary>The value; asking for it after a no is a bug.</summary>
    public T Value => Succeeded ? value! : throw new InvalidOperationException("This outcome has no value.");

    public static implicit operator Outcome<T>(T value) => new(value, [], null, false);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, [], refusal, false);

    public static implicit operator Outcome<T>(NotFound _) => new(default, [], null, true);

    public static implicit operator Outcome<T>(Problem problem) => new(default, [problem], null, false);

    public static implicit operator Outcome<T>(Problem[] problems) => new(default, problems, null, false);

    public static implicit operator Outcome<T>(List<Problem> problems) => new(default, problems, null, false);
}

/// <summary>Not there, or behind a fence: the asker learns no difference.</summary>
public readonly record struct NotFound;

/// <summary>Nothing to say but that it was done.</summary>
public readonly record struct Done;
