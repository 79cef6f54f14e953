using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;

namespace FundPool.Web.Tests.Notices;

/// <summary>The authority's two people at their pages, and claims in any state.</summary>
public sealed class Authority : IAsyncDisposable
{
    public required Portal Portal { get; init; }

    public required TestPortal Cases { get; init; }

    public required TestPerson ChiefPerson { get; init; }

    public required Visitor Officer { get; init; }

    public required Visitor Chief { get; init; }

    public static async Task<Authority> OpenAsync()
    {
        Portal portal = await Portal.StartAsync();
        TestPerson chief = await portal.AddAsync("GXJ", "chief", Role.Chief);
        return new Authority
        {
            Portal = portal,
            Cases = TestPortal.Over(portal.Database, portal.Clock),
            ChiefPerson = chief,
            Officer = await portal.SignedInAsync(await portal.AddAsync("GXJ", "officer", Role.Officer)),
            Chief = await portal.SignedInAsync(chief),
        };
    }

    /// <summary>Gives the chief's session the fresh code that publishing and issuing ask for.</summary>
    public Task ConfirmAsync(string back) => Chief.PostAsync($"/account/confirm?return={Uri.EscapeDataString(back)}", [("code", Portal.CodeOf(ChiefPerson)), ("return", back)], "/account/confirm");

    public async Task<ClaimRef> ApprovedAsync(string bank = "B001", params (string, string?)[] changes)
    {
        ClaimKey claim = await Cases.ClaimAsync(bank, ClaimState.Approved, changes);
        return new ClaimRef(claim.Bank, claim.Id);
    }

    /// <summary>A notice with these claims, published through the pages.</summary>
    public async Task<long> PublishedAsync(params ClaimRef[] claims)
    {
        Page batch = await Officer.PostAsync("/batches", [("Name", "2026年第一批"), .. claims.Select(claim => ("Claims", $"{claim.Bank}-{claim.Id}"))]);
        string draft = (await Officer.PostAsync($"{batch.Location}/notice", NoticeFields)).Location!;
        await ConfirmAsync($"{draft}/publish");
        Page form = await Chief.GetAsync($"{draft}/publish");
        await Chief.PostAsync($"{draft}/publish", [("version", form.Between("name=\"version\" value=\"", "\"")), ("batchVersion", form.Between("name=\"batchVersion\" value=\"", "\""))]);
        return long.Parse(draft[(draft.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public static (string, string)[] NoticeFields { get; } =
    [
        ("Title", "风险补偿项目公示（2026年第一批）"), ("Basis", "《实施细则》第二十条"), ("Consult", "融资服务处 0755-1"), ("Object", "监察处 0755-2"), ("WorkingDays", "7"),
    ];

    public async ValueTask DisposeAsync()
    {
        Officer.Dispose();
        Chief.Dispose();
        await Cases.DisposeAsync();
        await Portal.DisposeAsync();
    }
}
