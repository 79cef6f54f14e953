using System.Reflection;
using FluentValidation;
using FundPool.Application.DueDates;
using FundPool.Application.Files;
using FundPool.Application.Imports;
using FundPool.Application.Jobs;
using FundPool.Application.Messages;
using FundPool.Application.Papers;
using FundPool.Application.Accounts;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Application.Suspension;
using FundPool.Data;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace FundPool.Application;

/// <summary>Registers the use cases. The web and the command line call this once; each brings its own <see cref="IActor"/>.</summary>
public static class ApplicationServices
{
    public static IServiceCollection AddFundPool(this IServiceCollection services, NpgsqlDataSource source)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(source);
        services.AddAccounts();
        services.AddDbContext<FundPoolDb>(options => options.UseFundPool(source));
        services.AddSingleton<RuleSource>();
        services.AddSingleton<ImportRun>();
        services.AddSingleton<ImportJob>();
        services.AddSingleton<MeasureEveryBank>();
        services.AddSingleton<FrozenPapers>();
        services.AddSingleton<EndNoticePeriods>();
        services.AddSingleton<RemindOfDeadlines>();
        services.AddSingleton<RecomputeDues>();
        services.AddSingleton<CleanUp>();
        services.AddSingleton<DispatchMail>();
        services.AddSingleton<JobLog>();
        services.AddScoped<IFileStore, DatabaseFileStore>();
        services.AddScoped<PaperShelf>();
        services.TryAddSingleton(new PaperAddress("http://127.0.0.1:5080"));
        services.TryAddSingleton(VirusScanners.FromEnvironment());
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        foreach (Type type in typeof(ApplicationServices).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }))
        {
            foreach (Type service in type.GetInterfaces().Where(i => i.IsGenericType))
            {
                if (service.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) || service.GetGenericTypeDefinition() == typeof(IValidator<>))
                {
                    services.AddScoped(service, type);
                }
            }
        }

        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(PermissionBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehaviour<,>));
        foreach (Type request in Requests())
        {
            RequestFacts.Of(request);
        }

        return services;
    }

    /// <summary>Every request type of the application.</summary>
    public static IEnumerable<Type> Requests() => typeof(ApplicationServices).Assembly.GetTypes()
        .Where(type => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)));
}
