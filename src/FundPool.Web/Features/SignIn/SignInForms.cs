using FundPool.Application.SignIn;

namespace FundPool.Web.Features.SignIn;

/// <summary>The first page: who.</summary>
public sealed class PasswordForm
{
    public string? UserName { get; set; }

    public string? Password { get; set; }

    public string? Return { get; set; }

    /// <summary>Why the last session is over, for the sentence above the form.</summary>
    public string? Ended { get; set; }
}

public sealed class CodeForm
{
    public string? Code { get; set; }

    /// <summary>The code on the demonstration's button, beside a field left empty.</summary>
    public string? Shown { get; set; }

    public bool Recovery { get; set; }

    public string? Return { get; set; }
}

public sealed class NewPasswordForm
{
    public string? Password { get; set; }

    public string? Again { get; set; }

    public string? Return { get; set; }
}

public sealed class EnrolForm
{
    public string? Code { get; set; }

    public string? Return { get; set; }

    /// <summary>What is shown, not taken from the form.</summary>
    internal AuthenticatorToEnrol? Authenticator { get; set; }
}

public sealed class EndOtherForm
{
    public string? Return { get; set; }
}

/// <summary>Recovery codes on the only page that ever shows them.</summary>
public sealed record RecoveryCodesView(IReadOnlyList<string> Codes, string Next, bool IsFirst);
