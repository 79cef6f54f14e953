using FundPool.Application.Accounts;
using FundPool.Application.Pipeline;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;

namespace FundPool.Application.SignIn;

/// <summary>The person's own password, in place of a one-time secret or of one that is too old.</summary>
public static class SetFirstPassword
{
    [Requires(Permission.Public)]
    public sealed record Command(string Ticket, string Password, string Again, string Address, string Agent) : IRequest<Outcome<SignInAnswer>>;

    internal sealed class Handler(PortalAccounts accounts, SignInPath path) : IRequestHandler<Command, Outcome<SignInAnswer>>
    {
        public async Task<Outcome<SignInAnswer>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await path.OpenAsync(command.Ticket, cancellationToken) is not var (ticket, person)
                || await path.NextAsync(ticket, person, cancellationToken) != SignInStage.NewPassword)
            {
                return SignInPath.Lapsed;
            }

            if (command.Password != command.Again)
            {
                return new Problem("again", "format", new Words("两次输入的密码不一致。", "The two passwords are not the same."));
            }

            if (await accounts.ProblemsOfAsync(command.Password, person, cancellationToken) is { Count: > 0 } problems)
            {
                return problems.ToList();
            }

            await accounts.SetPasswordAsync(person, command.Password);
            return await path.AdvanceAsync(
                path.Ticket(person) with { CodeShown = ticket.CodeShown, EndOthers = ticket.EndOthers }, person, command.Address, command.Agent, cancellationToken);
        }
    }
}
