using Microsoft.EntityFrameworkCore;

namespace FundPool.Data.Tenancy;

public sealed class Pool
{
    public int Id { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public required string NameEn { get; set; }
    public DateTime CreatedAt { get; set; }
}

public sealed class Organisation
{
    public int PoolId { get; set; }
    public int Id { get; set; }
    public required string Kind { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public bool Demonstration { get; set; }
    public DateTime? DisabledAt { get; set; }
    public DateOnly? DishonestFrom { get; set; }
    public DateOnly? DishonestUntil { get; set; }
    public DateOnly? RemovedFrom { get; set; }
    public DateTime CreatedAt { get; set; }

    /// <summary>Whether membership has ended by <paramref name="day"/> (a.24).</summary>
    public bool IsRemovedOn(DateOnly day) => RemovedFrom <= day;
}

/// <summary>A person with a sign-in. Belongs to exactly one organisation.</summary>
public sealed class Person
{
    public int PoolId { get; set; }
    public int OrganisationId { get; set; }
    public int Id { get; set; }
    public required string UserName { get; set; }
    public required string NormalizedUserName { get; set; }
    public required string FullName { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }

    /// <summary>Whether messages go to <see cref="Email"/> as well.</summary>
    public bool MailOn { get; set; }

    public string? PasswordHash { get; set; }
    public DateTime? PasswordSetAt { get; set; }
    public string[] PasswordHistory { get; set; } = [];
    public bool MustSetPassword { get; set; } = true;
    public required string SecurityStamp { get; set; }
    public required string ConcurrencyStamp { get; set; }
    public string? AuthenticatorKey { get; set; }
    public bool AuthenticatorConfirmed { get; set; }
    public long AuthenticatorLastStep { get; set; }
    public DateTime? DisabledAt { get; set; }
    public DateTime? LastSignedInAt { get; set; }
    public DateTime CreatedAt { get; set; }
}

public sealed class PersonRole
{
    public int PoolId { get; set; }
    public int OrganisationId { get; set; }
    public int PersonId { get; set; }
    public required string Role { get; set; }
}

public sealed class RecoveryCode
{
    public int PoolId { get; set; }
    public int OrganisationId { get; set; }
    public int PersonId { get; set; }
    public required byte[] CodeHash { get; set; }
    public DateTime? UsedAt { get; set; }
}

public sealed class Session
{
    public required byte[] IdHash { get; set; }
    public int PoolId { get; set; }
    public int OrganisationId { get; set; }
    public int PersonId { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime LastSeenAt { get; set; }
    public DateTime EndsAt { get; set; }
    public DateTime? ConfirmedAt { get; set; }
    public DateTime? RevokedAt { get; set; }
    public string? RevokedBy { get; set; }
    public required string Address { get; set; }
    public required string Agent { get; set; }
}

public sealed class SignInAttempt
{
    public long Id { get; set; }
    public DateTime At { get; set; }
    public required string UserName { get; set; }
    public required string Address { get; set; }
    public bool Succeeded { get; set; }
}

public sealed class DataProtectionKey
{
    public int Id { get; set; }
    public required string FriendlyName { get; set; }
    public required string Xml { get; set; }
    public DateTime CreatedAt { get; set; }
}

/// <summary>A list's filter under a name, for oneself or for the organisation.</summary>
public sealed class SavedView
{
    public int PoolId { get; set; }
    public int OrganisationId { get; set; }
    public int Id { get; set; }
    public int PersonId { get; set; }
    public required string Page { get; set; }
    public required string Name { get; set; }
    public required string Query { get; set; }
    public bool Shared { get; set; }
    public DateTime CreatedAt { get; set; }
}

internal static class TenancyModel
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Pool>(e =>
        {
            e.ToTable("pool", "tenancy").HasKey(x => x.Id);
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
        });
        model.Entity<Organisation>(e =>
        {
            e.ToTable("organisation", "tenancy").HasKey(x => new { x.PoolId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
        });
        model.Entity<Person>(e =>
        {
            e.ToTable("person", "tenancy").HasKey(x => new { x.PoolId, x.OrganisationId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            e.Property(x => x.ConcurrencyStamp).IsConcurrencyToken();
        });
        model.Entity<PersonRole>().ToTable("person_role", "tenancy").HasKey(x => new { x.PoolId, x.OrganisationId, x.PersonId, x.Role });
        model.Entity<RecoveryCode>().ToTable("recovery_code", "tenancy").HasKey(x => new { x.PoolId, x.OrganisationId, x.PersonId, x.CodeHash });
        model.Entity<Session>().ToTable("session", "tenancy").HasKey(x => x.IdHash);
        model.Entity<SignInAttempt>().ToTable("sign_in_attempt", "tenancy").HasKey(x => x.Id);
        model.Entity<DataProtectionKey>(e =>
        {
            e.ToTable("data_protection_key", "tenancy").HasKey(x => x.Id);
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
        });
        model.Entity<SavedView>(e =>
        {
            e.ToTable("saved_view", "tenancy").HasKey(x => new { x.PoolId, x.OrganisationId, x.Id });
            e.Property(x => x.Id).ValueGeneratedOnAdd();
            e.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
        });
    }
}
