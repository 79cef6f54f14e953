using FundPool.Application.Loans;
using FundPool.Application.Pipeline;
using FundPool.Application.Views;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using MediatR;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Pipeline;

public sealed class PipelineTests : IAsyncLifetime
{
    private TestPortal portal = null!;

    public async Task InitializeAsync() => portal = await TestPortal.OpenAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public void RequestType_WithoutPermission_StopsTheStart()
    {
        InvalidOperationException stopped = Should.Throw<InvalidOperationException>(() => RequestFacts.Of(typeof(Unguarded)));

        stopped.Message.ShouldContain("names no permission");
    }

    [Fact]
    public void EveryRequest_OfTheApplication_NamesItsPermission() =>
        ApplicationServices.Requests().Select(type => RequestFacts.Of(type).Name).Count().ShouldBeGreaterThan(40);

    [Fact]
    public void EveryRequest_WithAValidator_AnswersWithAnOutcome()
    {
        List<string?> wrong = [.. ApplicationServices.Requests()
            .Where(type => type.Assembly.GetTypes().Any(v => typeof(FluentValidation.IValidator<>).MakeGenericType(type).IsAssignableFrom(v)))
            .Where(type => !typeof(IOutcome).IsAssignableFrom(type.GetInterfaces().Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)).GenericTypeArguments[0]))
            .Select(type => type.FullName)];

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Request_WithoutItsPermission_IsThrownBackBeforeAnythingIsRead()
    {
        TestActor checker = await portal.PersonAsync("B001", OrganisationKind.Bank, Role.Checker);

        PermissionDeniedException denied = await Should.ThrowAsync<PermissionDeniedException>(
            () => portal.SendAsync(checker, new RegisterLoan.Command(LoanRows.Sound("JJ-1"))));

        denied.Permission.ShouldBe(Permission.RegisterLoans);
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan")).ShouldBe(0);
    }

    [Fact]
    public async Task BadInput_NeverReachesTheHandler_AndComesBackAtItsField()
    {
        TestActor maker = await portal.MakerAsync();

        Outcome<int> outcome = await portal.SendAsync(maker, new SaveView.Command("loans", "", "quarter=20261", false));

        outcome.Succeeded.ShouldBeFalse();
        outcome.Problems.ShouldHaveSingleItem().Field.ShouldBe("name");
        outcome.Problems[0].Code.ShouldBe("required");
        outcome.Problems[0].Message.Zh.ShouldStartWith("请给视图起一个名字");
    }

    [Fact]
    public async Task Refusal_AfterAWrite_LeavesNothingBehind()
    {
        TestActor maker = await portal.MakerAsync();
        await portal.RegisterAsync(maker, "JJ-TWICE");
        long events = await portal.Database.ScalarAsync<long>("select count(*) from audit.event");

        // The second insert fails inside the database; what the transaction had done up to then goes with it.
        Outcome<long> outcome = await portal.SendAsync(maker, new RegisterLoan.Command(LoanRows.Sound("JJ-TWICE", ("principal", "100000.00"))));

        outcome.Problems.ShouldHaveSingleItem().Code.ShouldBe("exists");
        (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan")).ShouldBe(1);
        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event")).ShouldBe(events);
        (await portal.Database.ScalarAsync<decimal>("select sum(principal_fen) from loan.summary")).ShouldBe(450_000_000m);
    }

    [Fact]
    public async Task Exception_InAHandler_LeavesNothingBehind()
    {
        TestActor maker = await portal.MakerAsync();
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => portal.SendAsync(maker, new RegisterLoan.Command(LoanRows.Sound("JJ-C")), cancelled.Token));

        (await portal.Database.ScalarAsync<long>("select count(*) from loan.loan where note_no = 'JJ-C'")).ShouldBe(0);
    }

    private sealed record Unguarded : IRequest<int>;
}
