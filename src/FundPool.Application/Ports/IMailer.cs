namespace FundPool.Application.Ports;

/// <summary>Sends mail. The portal runs without one; then messages stay in the inbox alone.</summary>
public interface IMailer
{
    /// <summary>Hands the mail to the server; throws when the server did not take it.</summary>
    Task SendAsync(OutgoingMail mail, CancellationToken ct);
}

/// <param name="Id">The same for every attempt, so that a server may drop a second one.</param>
public sealed record OutgoingMail(string Id, string To, string Subject, string Text);
