using FundPool.Application.Notices;

namespace FundPool.Web.Jobs;

/// <summary>Ends the public notices whose last day is past, whichever node gets to it (a.20(2)).</summary>
internal sealed partial class NoticePeriods(EndNoticePeriods end, ILogger<NoticePeriods> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                int over = await end.RunAsync(stoppingToken);
                if (over > 0)
                {
                    Ended(log, over);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "{Notices} public notices are over")]
    private static partial void Ended(ILogger log, int notices);

    [LoggerMessage(Level = LogLevel.Error, Message = "Ending public notices failed and is tried again")]
    private static partial void Failed(ILogger log, Exception error);
}
