namespace FundPool.Application.Accounts;

/// <summary>
/// Which book the password rules follow. 等保2.0 8.1.4.1 asks for mixed characters and periodic change, which ASVS 5.0
/// 6.2.5 and 6.2.10 forbid; both cannot be kept at once, so the installation says which (docs/security.md).
/// </summary>
public enum PasswordProfile
{
    DengBao,
    Asvs,
}

/// <summary>The figures of sign-in and sessions. An installation may tighten them; loosening needs a decision of its own.</summary>
public sealed record AccountOptions
{
    public PasswordProfile Profile { get; init; } = PasswordProfile.DengBao;

    public int PasswordMinimum { get; init; } = 10;

    public int PasswordMaximum { get; init; } = 128;

    public int PasswordClasses { get; init; } = 3;

    public int PasswordHistory { get; init; } = 5;

    public int PasswordDays { get; init; } = 90;

    /// <summary>PBKDF2-HMAC-SHA512, as ASVS 5.0 appendix C has it.</summary>
    public int HashIterations { get; init; } = 210_000;

    /// <summary>A one-time secret that nobody used in this time opens nothing any more (ASVS 6.4.1).</summary>
    public TimeSpan FirstSecretLasts { get; init; } = TimeSpan.FromDays(7);

    public int PairFailures { get; init; } = 5;

    public TimeSpan PairPause { get; init; } = TimeSpan.FromMinutes(15);

    public int AddressFailuresAMinute { get; init; } = 10;

    public int AddressFailuresAnHour { get; init; } = 60;

    public int StrangeFailuresAMinute { get; init; } = 5;

    public int StrangeFailuresAnHour { get; init; } = 20;

    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan Absolute { get; init; } = TimeSpan.FromHours(8);

    /// <summary>How long a code counts as fresh for what asks for one again.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the steps between password and session may take.</summary>
    public TimeSpan SignInLasts { get; init; } = TimeSpan.FromMinutes(10);
}
