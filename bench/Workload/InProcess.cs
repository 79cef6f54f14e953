using System.Diagnostics;
using System.Globalization;
using FundPool.Domain.Compensation;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Bench;

/// <summary>Rules on cases that have been read already, on one thread, and says how many a second of that thread's processor time: another's work doesn't count.</summary>
internal static class InProcess
{
    public static int Run(string path)
    {
        RulebookSet rulebooks = RulebookSet.Embedded("shenzhen")!;
        List<Case> cases = [];
        foreach (string line in File.ReadLines(path).Take(50_000))
        {
            if (CaseReader.TryRead(System.Text.Encoding.UTF8.GetBytes(line), out _, out Case? found, out Problem? _))
            {
                cases.Add(found!);
            }
        }

        RulingJson json = new(rulebooks);
        Utf8Text text = new();
        double ruled = PerSecond(cases, each => _ = Ruling.On(each, rulebooks, ReferenceData.Embedded).Amount);
        double written = PerSecond(cases, each =>
        {
            text.Clear();
            json.Write("1"u8, Ruling.On(each, rulebooks, ReferenceData.Embedded), text);
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ruled:0} cases/s ruled, {written:0} cases/s with every step written as JSON"));
        return 0;
    }

    // Enough rounds for the processor's clock, which ticks in hundredths of a second.
    private static double PerSecond(List<Case> cases, Action<Case> work)
    {
        TimeSpan from = default;
        for (int round = -5; round < 30; round++)
        {
            if (round == 0)
            {
                from = Process.GetCurrentProcess().TotalProcessorTime;
            }

            cases.ForEach(work);
        }

        return 30.0 * cases.Count / (Process.GetCurrentProcess().TotalProcessorTime - from).TotalSeconds;
    }
}
