namespace FundPool.Web.Jobs;

/// <summary>Tells this node's worker that an import waits, so that nobody looks at an idle progress bar first.</summary>
public sealed class ImportSignal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0, 1);

    /// <summary>There is something to do. Raised twice is raised once.</summary>
    public void Raise()
    {
        try
        {
            raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // The worker has not looked since the last time; once is enough.
        }
    }

    /// <summary>Returns when raised, at the latest after <paramref name="most"/>.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken ct) => raised.WaitAsync(most, ct);

    public void Dispose() => raised.Dispose();
}
