using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace FundPool.Application.Accounts;

/// <summary>
/// How far a person came between the password and the session. Sealed, for ten minutes, and void as soon as the account
/// changes (stamp) or the sign-in is complete (last sign-in): holding one is not being signed in.
/// </summary>
public sealed record SignInTicket(int Pool, int Organisation, int Person, string Stamp, DateTime At)
{
    /// <summary>The second factor was shown.</summary>
    public bool CodeShown { get; init; }

    /// <summary>The person wants the other sessions to end.</summary>
    public bool EndOthers { get; init; }

    internal string Seal(IDataProtectionProvider protection) => protection.CreateProtector(Purpose).Protect(JsonSerializer.Serialize(this));

    internal static SignInTicket? Open(IDataProtectionProvider protection, string sealedTicket, DateTime now, TimeSpan lasts)
    {
        try
        {
            SignInTicket? ticket = JsonSerializer.Deserialize<SignInTicket>(protection.CreateProtector(Purpose).Unprotect(sealedTicket));
            return ticket?.At + lasts > now ? ticket : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private const string Purpose = "FundPool.SignInTicket.v1";
}

/// <summary>The step that a person who is signing in has before them.</summary>
public enum SignInStage
{
    Password,
    Code,
    NewPassword,
    Enrol,
    OtherSession,
    Done,
}

/// <summary>Where the sign-in stands after a step.</summary>
public sealed record SignInAnswer(SignInStage Stage)
{
    /// <summary>To be carried to the next step.</summary>
    public string? Ticket { get; init; }

    /// <summary>What the session's cookie holds, once done.</summary>
    public string? Session { get; init; }

    /// <summary>Shown once, right after the authenticator was set up.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];

    /// <summary>Why the step was not taken.</summary>
    public FundPool.Domain.Kernel.Words? Refused { get; init; }

    /// <summary>When one may try again, for a pair of account and address that failed too often.</summary>
    public DateTimeOffset? Until { get; init; }
}
