using FundPool.Application.Suspension;

namespace FundPool.Web.Jobs;

/// <summary>Sees to it that every bank is measured once a business date, whichever node gets to it (a.17).</summary>
internal sealed partial class DailyMeasure(MeasureEveryBank measure, ILogger<DailyMeasure> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                int banks = await measure.RunAsync(stoppingToken);
                if (banks > 0)
                {
                    Measured(log, banks);
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, error);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Measured {Banks} banks against the thresholds of a.17")]
    private static partial void Measured(ILogger log, int banks);

    [LoggerMessage(Level = LogLevel.Error, Message = "The daily measurement failed and is tried again")]
    private static partial void Failed(ILogger log, Exception error);
}
