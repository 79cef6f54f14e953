using FundPool.Domain.Compensation;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Rulebooks;

namespace FundPool.Cli.Verbs;

/// <summary><c>ruling</c>: rules on the cases of standard input, a line each (contract.md section 3). Needs no database.</summary>
internal static class Ruling
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        RulebookSet rulebooks = Pools.Rulebooks(arguments);
        string? code = arguments.Optional("--rulebook");
        arguments.End();
        if (code is not null)
        {
            rulebooks = rulebooks.WithHome(code) ?? throw new UsageException($"没有规则“{code}” / there is no rulebook “{code}”");
            if (!rulebooks.Home.IsComplete)
            {
                throw new UsageException($"规则“{code}”的标准尚未录入，不能据以裁定 / the figures of rulebook “{code}” have not been entered, so nothing is ruled by it");
            }
        }

        ReferenceData reference = ReferenceData.Embedded;
        RulingJson json = new(rulebooks);
        JsonLines lines = new((line, text) =>
        {
            if (CaseReader.TryRead(line, out ReadOnlySpan<byte> id, out Case? found, out Problem? problem))
            {
                json.Write(id, Domain.Compensation.Ruling.On(found!, rulebooks, reference), text);
                return true;
            }

            RulingJson.WriteProblem(id, problem!, Language.Zh, text);
            return false;
        });
        return await lines.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput()) ? 0 : 1;
    }
}
