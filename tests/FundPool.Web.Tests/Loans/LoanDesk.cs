using System.Globalization;
using FundPool.Domain.Tenancy;

namespace FundPool.Web.Tests.Loans;

/// <summary>A portal with two banks, a reviewer and an auditor, in the window of the first quarter of 2026, and the form of a loan that is in order.</summary>
public sealed class LoanDesk : IAsyncDisposable
{
    private LoanDesk(Portal portal) => Portal = portal;

    public Portal Portal { get; }

    public TestPerson Maker { get; private set; } = null!;

    public TestPerson Checker { get; private set; } = null!;

    public TestPerson OtherBank { get; private set; } = null!;

    public TestPerson Reviewer { get; private set; } = null!;

    public TestPerson Auditor { get; private set; } = null!;

    public int Bank => Maker.Organisation;

    public static async Task<LoanDesk> OpenAsync()
    {
        LoanDesk desk = new(await Portal.StartAsync());
        desk.Maker = await desk.Portal.AddAsync("B001", "maker", Role.Maker);
        desk.Checker = await desk.Portal.AddAsync("B001", "checker", Role.Checker);
        desk.OtherBank = await desk.Portal.AddAsync("B002", "maker", Role.Maker);
        desk.Reviewer = await desk.Portal.AddAsync("GXT", "officer", Role.Officer);
        desk.Auditor = await desk.Portal.AddAsync("SJJ", "auditor", Role.Auditor);
        return desk;
    }

    /// <summary>A form in order, with some fields as given; a null takes the field out.</summary>
    public static IReadOnlyList<(string Name, string Value)> Form(params (string Name, string? Value)[] changed)
    {
        Dictionary<string, string?> fields = new()
        {
            ["ContractNo"] = "HT-2026-0001",
            ["NoteNo"] = "JJ-2026-0001",
            ["BorrowerName"] = "深圳市示例科技有限公司",
            ["BorrowerId"] = "91440300192317458F",
            ["BorrowerKind"] = "small",
            ["Industry"] = "C3921",
            ["Employees"] = "86",
            ["Revenue"] = "32,000,000.00",
            ["LoanDate"] = "2026-03-10",
            ["MaturityDate"] = "2027-03-10",
            ["Currency"] = "CNY",
            ["Principal"] = "4,500,000.00",
            ["AnnualRate"] = "3.65",
            ["Product"] = "working_capital",
            ["Purpose"] = "采购原材料",
            ["Security"] = "guarantee",
            ["TotalBalance"] = "4,800,000.00",
            ["OtherCover"] = "none",
            ["Branch"] = "福田支行",
        };
        foreach ((string name, string? value) in changed)
        {
            fields[name] = value;
        }

        return [.. from field in fields where field.Value is not null select (field.Key, field.Value)];
    }

    /// <summary>A loan of an owner of a small enterprise, who is a person.</summary>
    public static IReadOnlyList<(string Name, string Value)> OwnersForm() => Form(
        ("BorrowerName", "欧阳建国"), ("BorrowerId", "11010519491231002X"), ("BorrowerKind", "owner"), ("Product", "personal_business"), ("CreditLine", "5000000"));

    /// <summary>Registers as the bank's maker does, and gives the loan's address.</summary>
    public static Task<string> RegisterAsync(Visitor visitor, params (string Name, string? Value)[] changed) => RegisterFormAsync(visitor, Form(changed));

    public static async Task<string> RegisterFormAsync(Visitor visitor, IReadOnlyList<(string Name, string Value)> form) =>
        (await visitor.PostAsync("/loans/register", form, "/loans/register/confirm")).Location
            ?? throw new InvalidOperationException("The loan was not registered.");

    public async Task<string> RegisterAsync()
    {
        using Visitor visitor = await Portal.SignedInAsync(Maker);
        return await RegisterAsync(visitor);
    }

    /// <summary>The version that a change of the loan must name, as its form says.</summary>
    public static string VersionIn(Page form) => int.Parse(form.Between("name=\"Version\" value=\"", "\""), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
