using FundPool.Application.Imports;

namespace FundPool.Web.Jobs;

/// <summary>
/// Runs the imports that wait, on every web node. When the node goes down in the middle the transaction goes with it and the batch
/// still waits; whichever node looks next takes it up from the start.
/// </summary>
internal sealed partial class ImportWorker(ImportJob job, ImportSignal signal, ILogger<ImportWorker> log) : BackgroundService
{
    // Batches sent to another node that has died since are found within this time.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await job.RunWaitingAsync((batch, trace, error) => BatchFailed(log, batch, trace, error), stoppingToken) == 0)
                {
                    await signal.WaitAsync(Pause, stoppingToken);
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LookFailed(log, error);
                await Task.Delay(AfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {Batch} failed, trace {Trace}")]
    private static partial void BatchFailed(ILogger log, long batch, string trace, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for imports failed")]
    private static partial void LookFailed(ILogger log, Exception error);
}
