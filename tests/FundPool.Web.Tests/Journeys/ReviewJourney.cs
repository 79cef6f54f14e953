using System.Globalization;
using FundPool.Domain.Tenancy;
using FundPool.Testing;

namespace FundPool.Web.Tests.Journeys;

/// <summary>A journey that leads over the reviewer's pages.</summary>
public abstract class ReviewJourney : Journey
{
    protected static string ClaimPage(ClaimKey key) => string.Create(CultureInfo.InvariantCulture, $"/claims/{key.Bank}/{key.Id}");

    protected static string ReviewPage(ClaimKey key) => string.Create(CultureInfo.InvariantCulture, $"/reviews/{key.Bank}/{key.Id}");

    protected Task<Desk> OfficerAsync(string name = "officer") => SeatAsync("GXT", Role.Officer, name);

    protected Task<Desk> ChiefAsync(string name = "chief") => SeatAsync("GXT", Role.Chief, name);

    /// <summary>Sends the review that stands open on with its conclusion and opinion.</summary>
    protected static async Task ProposeAsync(Desk officer, string proposal, string opinion)
    {
        await officer.Page.CheckAsync($"input[name=Proposal][value={proposal}]");
        if (proposal == "approve")
        {
            // The use of the money is a person's to confirm.
            await officer.Page.ClickAsync("[data-mark-rest=confirmed]");
        }

        await FillAsync(officer, "#Opinion", opinion);
        await PressAsync(officer, "button[data-confirm=propose]");
    }

    /// <summary>The chief opens what the officer proposed and consents.</summary>
    protected async Task ConsentAsync(Desk chief, ClaimKey key, string opinion = "同意")
    {
        await GoAsync(chief, ReviewPage(key));
        await FillAsync(chief, "#ChiefOpinion", opinion);
        await PressAsync(chief, "button[data-confirm=consent]");
    }

    protected Task<string> StateAsync(ClaimKey key) => Portal.Database.ScalarAsync<string>("select state from compensation.claim where bank_id = $1 and id = $2", key.Bank, key.Id);
}
