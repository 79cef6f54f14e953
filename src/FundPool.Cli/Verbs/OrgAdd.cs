using FundPool.Application.Organisations;
using FundPool.Application.Pipeline;
using FundPool.Domain.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace FundPool.Cli.Verbs;

/// <summary><c>org-add</c>: adds an organisation to a pool; run again it changes nothing but a new name.</summary>
internal static class OrgAdd
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        string pool = arguments.Required("--pool"), kind = arguments.Required("--kind"), code = arguments.Required("--code"), name = arguments.Required("--name");
        arguments.End();
        if (Membership.KindOf(kind) is not { } known || known == OrganisationKind.Platform)
        {
            throw new UsageException($"没有“{kind}”这种机构；可用 bank、reviewer、treasurer、authority、finance、auditor / unknown kind {kind}");
        }

        await using Installation installation = Installation.Open();
        (int poolId, _) = await installation.FindAsync(pool, null);
        await using ServiceProvider services = installation.Services(CommandLineActor.Platform, TimeProvider.System);
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        Outcome<AddOrganisation.Answer> outcome = await scope.ServiceProvider.GetRequiredService<IMediator>()
            .Send(new AddOrganisation.Command(poolId, known, code, name));
        if (!outcome.Succeeded)
        {
            foreach (FundPool.Domain.Kernel.Problem problem in outcome.Problems)
            {
                Console.Error.WriteLine($"{problem.Field}: {problem.Message.Zh} / {problem.Message.En}");
            }

            return outcome.Problems.Count > 0 ? 2 : 1;
        }

        Console.Error.WriteLine(outcome.Value.Added ? $"已新增 {code} {name} / added" : $"{code} 已存在 / it was there already");
        return 0;
    }
}
