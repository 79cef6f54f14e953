using FundPool.Domain.Compensation;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Compensation;

/// <summary>The table of moves stands twice, in the domain and as the database's own fence; here they are held equal.</summary>
public sealed class ClaimFlowTests
{
    [Fact]
    public async Task DatabaseMoves_EqualTheDomains()
    {
        await using TestDatabase database = await TestDatabase.CreateAsync();

        List<string?> stored = await database.ColumnAsync("select from_state || ' ' || to_state || ' ' || side from compensation.transition");

        stored.Order(StringComparer.Ordinal).ShouldBe(ClaimFlow.Moves
            .Select(move => $"{ClaimStates.All.Code(move.From)} {ClaimStates.All.Code(move.To)} {move.Side.ToString().ToLowerInvariant()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task StatesOfTheDatabase_EqualTheDomains()
    {
        await using TestDatabase database = await TestDatabase.CreateAsync();

        string? check = (await database.ColumnAsync("select pg_get_constraintdef(oid) from pg_constraint where conname = 'claim_state_check'")).Single();

        ClaimStates.All.Choices.Where(state => !check!.Contains($"'{state.Code}'", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
