using FundPool.Application.Imports;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Imports;

/// <summary>Texts too long to show are cut, and a cut never makes a text that can't be kept.</summary>
public sealed class LongTextTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Theory]
    [InlineData(39)]
    [InlineData(199)]
    public async Task WrongCell_CutBetweenThePartsOfACharacter_RefusesItsRowAlone(int before)
    {
        TestActor maker = await portal.MakerAsync();
        string wrong = new string('字', before) + "𠮷字字";

        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, LoanRows.Csv(LoanRows.Sound("JJ-1"), LoanRows.Sound("JJ-2", ("borrower_kind", wrong))));

        answer.Batch.State.ShouldBe("registered");
        (answer.Counts.Accepted, answer.Counts.Rejected).ShouldBe((1, 1));
    }

    [Fact]
    public async Task UnknownHeader_OfThousandsOfCharacters_IsNamedByItsBeginning()
    {
        TestActor maker = await portal.MakerAsync();

        ImportRun.Answer answer = await portal.ImportAsync(maker, ImportKind.Loans, $"note_no,{new string('列', 30_000)}\nJJ-1,x\n");

        answer.Batch.State.ShouldBe("failed");
        answer.FirstErrors.Single().Problem.Message.Zh.ShouldBe($"没有“{new string('列', 40)}…”这一列；请使用下载的模板，或删除该列");
    }
}
