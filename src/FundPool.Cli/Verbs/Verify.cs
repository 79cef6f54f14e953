using System.Text.Json;
using FundPool.Application.Verification;

namespace FundPool.Cli.Verbs;

/// <summary><c>verify</c>: checks what must always hold; exit status 1 when anything does not.</summary>
internal static class Verify
{
    private const int Most = 1000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        bool json = arguments.Has("--json");
        arguments.End();
        await using Installation installation = Installation.Open();
        IReadOnlyList<Violation> violations = await VerifyDatabase.RunAsync(installation.Owner, name => Console.Error.WriteLine($"检查 {name} …"), Most, CancellationToken.None);
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                ok = violations.Count == 0,
                checks = VerifyDatabase.Checks.Select(check => new { name = check.Name, violations = violations.Count(v => v.Check == check.Name) }),
                violations = violations.Select(v => new { check = v.Check, where = v.Where, problem = v.Problem }),
            }, Output.Json));
        }
        else
        {
            foreach (Violation violation in violations)
            {
                Console.Out.WriteLine($"{violation.Check}: {violation.Where}: {violation.Problem}");
            }

            Console.Out.WriteLine(violations.Count == 0 ? "全部成立 / everything holds" : $"{violations.Count} 处不成立 / {violations.Count} violations");
        }

        return violations.Count == 0 ? 0 : 1;
    }
}
