using FundPool.Domain.Tenancy;

namespace FundPool.Web.Features.Organisations;

public sealed class OrganisationForm
{
    public int? Pool { get; set; }

    public OrganisationKind? Kind { get; set; }

    public string? Code { get; set; }

    public string? Title { get; set; }

    public string? Name { get; set; }

    public string? FullName { get; set; }

    public string? Email { get; set; }

    public string? Phone { get; set; }
}

public sealed class ReasonForm
{
    public string? Reason { get; set; }

    public bool AuthenticatorToo { get; set; }
}
