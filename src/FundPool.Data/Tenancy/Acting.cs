namespace FundPool.Data.Tenancy;

/// <summary>The database role that a transaction takes; each has policies of its own (ADR 0004).</summary>
public enum Scope
{
    /// <summary>One bank of one pool: sees and writes its own rows.</summary>
    Bank,

    /// <summary>The institutions of a pool: see every bank's rows of that pool.</summary>
    Pool,

    /// <summary>Reads a pool, changes nothing.</summary>
    Auditor,

    /// <summary>Organisations, people and reference data; no loan.</summary>
    Platform,

    /// <summary>Sign-in and sessions, before anybody is known.</summary>
    Identity,

    /// <summary>Finds waiting work; the work itself runs in its bank's or its pool's scope.</summary>
    Job,

    /// <summary>Anybody, without signing in: what a pool has published.</summary>
    Public,
}

/// <summary>Who acts in a transaction, and within which fence. Becomes transaction-local settings that policies and audit read.</summary>
public sealed record Acting(Scope Scope, int? Pool, int? Bank, int? Organisation, int? Person, string PersonName)
{
    /// <summary>Nobody yet: sign-in, sessions, data-protection keys.</summary>
    public static Acting Identity { get; } = new(Scope.Identity, null, null, null, null, "");

    /// <summary>The job runner looking for work.</summary>
    public static Acting Jobs { get; } = new(Scope.Job, null, null, null, null, "系统");

    /// <summary>Anybody; the pool is the one whose page is asked for.</summary>
    public static Acting Public { get; } = new(Scope.Public, null, null, null, null, "公众");

    /// <summary>The system working inside one bank's fence.</summary>
    public static Acting SystemFor(int pool, int bank) => new(Scope.Bank, pool, bank, null, null, "系统");

    /// <summary>The system working for the institutions of a pool.</summary>
    public static Acting SystemForPool(int pool) => new(Scope.Pool, pool, null, null, null, "系统");
}

/// <summary>What is done and why, written beside every change of the transaction.</summary>
/// <param name="At">The moment by the clock of the call; the database's own where none is given. Audit always has the database's.</param>
public sealed record Cause(string Action, string? Reason = null, string? Article = null, string? Trace = null, DateTimeOffset? At = null);
