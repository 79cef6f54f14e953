using FundPool.Domain.Tenancy;

namespace FundPool.Web.Features.People;

public sealed class PersonForm
{
    public string? Name { get; set; }

    public string? FullName { get; set; }

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public List<Role> Roles { get; set; } = [];
}

public sealed class DisableForm
{
    public string? Reason { get; set; }

    public int? HandOverTo { get; set; }
}

public sealed class ResetForm
{
    public string? Reason { get; set; }

    public bool AuthenticatorToo { get; set; }
}
