using FundPool.Application.Compensation;
using FundPool.Web.Identity;

namespace FundPool.Web.Features.Compensation;

/// <summary>
/// A part of a claim's page that another step of its way adds: the review, the notice, the payment. Every implementation is found by
/// itself; the one with the lowest order stands first. What it reads goes through the pipeline, so that its own permission holds.
/// </summary>
public interface IClaimSection
{
    /// <summary>10 the review, 20 the notice, 30 the plan and the payment.</summary>
    int Order { get; }

    /// <summary>The partial view that shows it.</summary>
    string View { get; }

    /// <summary>The partial's model; null where this claim or this reader has nothing of it.</summary>
    ValueTask<object?> ReadAsync(ShowClaim.Answer claim, SignedIn who, CancellationToken ct);
}

/// <summary>A section with what it shows.</summary>
public sealed record ClaimSectionView(string View, object Model);

/// <summary>Every section that a claim's page has.</summary>
public static class ClaimSections
{
    /// <summary>Registers the sections of the portal.</summary>
    public static IServiceCollection AddClaimSections(this IServiceCollection services)
    {
        foreach (Type section in typeof(ClaimSections).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IClaimSection).IsAssignableFrom(type)))
        {
            services.AddScoped(typeof(IClaimSection), section);
        }

        return services;
    }

    /// <summary>The sections of one claim for one reader, in order.</summary>
    public static async Task<IReadOnlyList<ClaimSectionView>> OfAsync(this IEnumerable<IClaimSection> sections, ShowClaim.Answer claim, SignedIn who, CancellationToken ct)
    {
        List<ClaimSectionView> views = [];
        foreach (IClaimSection section in sections.OrderBy(section => section.Order))
        {
            if (await section.ReadAsync(claim, who, ct) is { } model)
            {
                views.Add(new ClaimSectionView(section.View, model));
            }
        }

        return views;
    }
}
