using FundPool.Application.SignIn;

namespace FundPool.Web.Features.Account;

public sealed class ChangePasswordForm
{
    public string? Current { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}

public sealed class ConfirmForm
{
    public string? Code { get; set; }

    /// <summary>The code that a demonstration shows, pressed instead of typed.</summary>
    public string? Shown { get; set; }

    public string? Return { get; set; }
}

public sealed class ReplaceAuthenticatorForm
{
    public string? Code { get; set; }

    /// <summary>The new key, sealed, from one showing of the form to the next.</summary>
    public string? Sealed { get; set; }

    internal AuthenticatorToEnrol? Authenticator { get; set; }
}
