using FundPool.Domain.Compensation;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Compensation;

public sealed class ClaimHistoryTests
{
    [Fact]
    public async Task Claim_BroughtToEveryState_LeavesAStepForEachMove()
    {
        await using TestPortal portal = await TestPortal.OpenAsync();

        foreach (ClaimState state in Enum.GetValues<ClaimState>().Where(state => state != ClaimState.Draft))
        {
            ClaimKey claim = await portal.ClaimAsync("B001", state);

            (await portal.Database.ColumnAsync("select to_state from compensation.step where claim_id = $1 order by id", claim.Id))
                .ShouldBe(["draft", .. Claims.PathTo(state).Select(s => ClaimStates.All.Code(s))]);
        }
    }

    [Theory]
    [InlineData("update compensation.claim set state = 'approved' where state = 'draft'", "does not move from draft to approved")]
    [InlineData("update compensation.step set person_name = 'x'", "append-only")]
    [InlineData("delete from compensation.step", "append-only")]
    public async Task History_EvenForTheOwner_IsNotRewritten(string sql, string refusal)
    {
        await using TestPortal portal = await TestPortal.OpenAsync();
        await portal.ClaimAsync("B001", ClaimState.Draft);

        (await Should.ThrowAsync<Npgsql.PostgresException>(() => portal.Database.ExecuteAsync(sql))).MessageText.ShouldContain(refusal);
    }

    [Fact]
    public async Task Bank_OnItsOwnSide_CannotApprove()
    {
        await using TestPortal portal = await TestPortal.OpenAsync();
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Proposed);

        (await Should.ThrowAsync<Npgsql.PostgresException>(() => portal.MakerAsync().ContinueWith(maker =>
            portal.Database.ExecuteAsync(maker.Result.Acting, "update compensation.claim set state = 'approved' where id = $1", claim.Id), TaskScheduler.Default).Unwrap()))
            .MessageText.ShouldContain("on the side of bank");
    }
}
