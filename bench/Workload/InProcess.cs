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

        long eligible = 0;
        double best = 0;
        for (int round = 0; round < 20; round++)
        {
            TimeSpan from = Process.GetCurrentProcess().TotalProcessorTime;
            foreach (Case each in cases)
            {
                eligible += Ruling.On(each, rulebooks, ReferenceData.Embedded).Amount.Fen > 0 ? 1 : 0;
            }

            best = Math.Max(best, cases.Count / (Process.GetCurrentProcess().TotalProcessorTime - from).TotalSeconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{best:0} cases/s, {eligible} paid"));
        return 0;
    }
}
