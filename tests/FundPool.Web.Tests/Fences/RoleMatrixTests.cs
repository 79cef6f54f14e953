using System.Net;
using FundPool.Data;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using FundPool.Web.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FundPool.Web.Tests.Fences;

/// <summary>
/// Every endpoint × every role × {own, the other bank's, random} ids: what a role may not is 403, what is the other bank's is not
/// found, nothing answers 500, and the other bank's secret stands in no answer. A new endpoint is in here by being mapped.
/// </summary>
public sealed class RoleMatrixTests : IAsyncLifetime
{
    private enum Whose
    {
        Own,
        Other,
        Random,
    }

    private static readonly (string Organisation, string Name, Role Role)[] Cast =
    [
        ("B001", "maker", Role.Maker), ("B001", "checker", Role.Checker), ("B001", "admin", Role.OrganisationAdministrator),
        ("GXT", "officer", Role.Officer), ("GXT", "chief", Role.Chief), ("JRZX", "officer", Role.Officer), ("GXJ", "chief", Role.Chief),
        ("CZJ", "officer", Role.Officer), ("SJJ", "auditor", Role.Auditor), ("PLATFORM", "root", Role.PlatformAdministrator),
    ];

    private Portal portal = null!;
    private BankHoldings own = null!;
    private BankHoldings other = null!;
    private List<(TestPerson Person, OrganisationKind Kind, Role Role)> people = null!;

    public async Task InitializeAsync()
    {
        portal = await Portal.StartAsync();
        people = [];
        foreach ((string organisation, string name, Role role) in Cast)
        {
            people.Add((await portal.AddAsync(organisation, name, role), KindOf(organisation), role));
        }

        own = await WithClaimsAsync(await TwoBanks.FillAsync(portal, people[0].Person, "甲行机密"), "B001");
        other = await WithClaimsAsync(await TwoBanks.FillAsync(portal, await portal.AddAsync("B002", "maker", Role.Maker), "乙行机密"), "B002");
    }

    public Task DisposeAsync() => portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Matrix_EveryEndpointRoleAndId_HoldsItsFences()
    {
        List<string> complaints = [];
        int cells = 0;
        foreach ((RouteEndpoint endpoint, Permission permission) in Endpoints())
        {
            foreach ((TestPerson person, OrganisationKind kind, Role role) in people)
            {
                IReadOnlySet<Permission> may = Membership.PermissionsOf(kind, [role]);
                foreach (Whose whose in IdsIn(endpoint) ? [Whose.Own, Whose.Other, Whose.Random] : (Whose[])[Whose.Own])
                {
                    foreach (string method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                    {
                        cells++;
                        string path = PathOf(endpoint.RoutePattern, whose);
                        Page answer = await AskAsync(person, method, path);
                        string cell = $"{method} {path} as {role} of {kind} ({whose}): {(int)answer.Status}";
                        complaints.AddRange(Complaints(cell, answer, kind, whose, may.Contains(permission), permission, method, path));
                    }
                }
            }
        }

        complaints.ShouldBeEmpty();
        cells.ShouldBeGreaterThan(1_800);
        await using FundPoolDb db = new(FundPoolDb.Options(portal.Database.Owner));
        (await db.AuditEvents.CountAsync(e => e.BankId == other.Bank && e.OrganisationId == own.Bank)).ShouldBe(0);
    }

    [Fact]
    public async Task Anybody_WithoutASession_GetsOnlyTheWayIn()
    {
        using Visitor visitor = portal.Visit();
        List<string> complaints = [];
        foreach ((RouteEndpoint endpoint, Permission permission) in Endpoints().Where(e => e.Permission != Permission.Public))
        {
            foreach (string method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                string path = PathOf(endpoint.RoutePattern, Whose.Own);
                Page answer = method == "GET" ? await visitor.GetAsync(path) : await visitor.PostPlainAsync(path, []);
                if (!(answer.Status == HttpStatusCode.Found && answer.Location!.StartsWith("/sign-in", StringComparison.Ordinal)) && answer.Status != HttpStatusCode.Unauthorized)
                {
                    complaints.Add($"{method} {path}: {(int)answer.Status} {answer.Location}");
                }
            }
        }

        complaints.ShouldBeEmpty();
    }

    private IEnumerable<string> Complaints(string cell, Page answer, OrganisationKind kind, Whose whose, bool may, Permission permission, string method, string path)
    {
        if ((int)answer.Status >= 500 && !path.StartsWith("/error", StringComparison.Ordinal))
        {
            yield return cell;
        }

        if (!may && answer.Status != HttpStatusCode.Forbidden)
        {
            yield return $"{cell}, wanted 403";
        }

        bool seesBanks = kind is not (OrganisationKind.Bank or OrganisationKind.Platform) && (may || permission == Permission.SignedIn);
        if (answer.Text.Contains(other.Secret, StringComparison.Ordinal) && !seesBanks)
        {
            yield return $"{cell}, shows the other bank's data";
        }

        if (kind == OrganisationKind.Platform && answer.Text.Contains(own.Secret, StringComparison.Ordinal))
        {
            yield return $"{cell}, shows loans to the platform";
        }

        if (may && kind == OrganisationKind.Bank && whose != Whose.Own && permission != Permission.Public)
        {
            HttpStatusCode[] refused = method == "GET" ? [HttpStatusCode.NotFound] : [HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity];
            if (!refused.Contains(answer.Status) && !AsksForACodeFirst(answer))
            {
                yield return $"{cell} → {answer.Location}, wanted not found";
            }
        }
    }

    private static bool AsksForACodeFirst(Page answer) => answer.Location?.StartsWith("/account/confirm", StringComparison.Ordinal) == true;

    // A session of its own for each question: some endpoints end the session they are asked in.
    private async Task<Page> AskAsync(TestPerson person, string method, string path)
    {
        using Visitor visitor = await portal.SignedInAsync(person);
        return method == "GET"
            ? await visitor.GetAsync(path)
            : await visitor.PostPlainAsync(path, [("__RequestVerificationToken", (await visitor.GetAsync("/account")).Token)]);
    }

    // Claims are put where they are by SQL; the borrower's name carries the secret.
    private async Task<BankHoldings> WithClaimsAsync(BankHoldings bank, string code)
    {
        await using TestPortal cases = TestPortal.Over(portal.Database, portal.Clock);
        ClaimKey published = await cases.ClaimAsync(code, ClaimState.Published, ("borrower_name", bank.Secret + "公示有限公司"));
        ClaimKey planned = await cases.ClaimAsync(code, ClaimState.Planned, ("borrower_name", bank.Secret + "计划有限公司"));
        ClaimKey returned = await cases.ClaimAsync(code, ClaimState.Returned, ("borrower_name", bank.Secret + "申请有限公司"));
        await cases.AppropriateAsync("400000.00");
        PlanKey paid = await cases.PayableAsync(code);
        await portal.Database.ExecuteAsync("update compensation.payout set account_name = $2 where plan_id = $1", paid.Id, bank.Secret);
        return bank with
        {
            Submitted = (await cases.ClaimAsync(code, ClaimState.Submitted, ("borrower_name", bank.Secret + "待审有限公司"))).Id,
            Claim = returned.Id,
            File = await portal.Database.ScalarAsync<long>("select min(file_id) from compensation.material where claim_id = $1", returned.Id),
            PaymentPlan = paid.Id,
            PaymentOrder = await cases.OrderedAsync(paid),
            PaymentPaper = await portal.Database.ScalarAsync<long>("select min(id) from compensation.payout_paper where plan_id = $1", paid.Id),
            Notice = await portal.Database.ScalarAsync<long>("select n.id from compensation.notice n join compensation.claim c on c.batch_id = n.batch_id where c.id = $1", published.Id),
            Objection = await portal.Database.ScalarAsync<long>("""
                insert into compensation.objection (pool_id, receipt, kind, form_key, about, content) values ($1, $2, 'report', gen_random_uuid(), '某企业', $3) returning id
                """, portal.Database.Pool, "JB-" + code, bank.Secret),
            Plan = await portal.Database.ScalarAsync<long>("select plan_id from compensation.claim where id = $1", planned.Id),
            NoticeBatch = await portal.Database.ScalarAsync<long>("select batch_id from compensation.claim where id = $1", published.Id),
        };
    }

    private IEnumerable<(RouteEndpoint Endpoint, Permission Permission)> Endpoints() =>
        AskedEndpoints.Of(portal.Services.GetServices<EndpointDataSource>())
            .Select(asked => ((RouteEndpoint)asked.Endpoint, asked.Permission ?? throw new InvalidOperationException("no permission")));

    private static bool IdsIn(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.Parameters.Any(p => p.Name is "bank" or "id" or "batch" or "loan" or "person" or "document" or "file");

    private string PathOf(RoutePattern pattern, Whose whose)
    {
        string first = pattern.RawText!.TrimStart('/');
        return "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => ValueOf(first, parameter.Name, whose),
            _ => throw new InvalidOperationException(first),
        }))));
    }

    private string ValueOf(string route, string name, Whose whose)
    {
        if (whose == Whose.Random && name is "bank" or "id" or "batch" or "loan" or "person" or "document" or "file")
        {
            return "987654";
        }

        BankHoldings holdings = whose == Whose.Other ? other : own;
        object value = name switch
        {
            "bank" => holdings.Bank,
            "batch" => holdings.Batch,
            "loan" => holdings.Loan,
            "document" => holdings.Document,
            "person" => holdings.Person,
            "pool" => "shenzhen",
            "id" when route.StartsWith("plans", StringComparison.Ordinal) || route.StartsWith("public/{pool}/plans", StringComparison.Ordinal) => holdings.Plan,
            "file" => holdings.File,
            "version" => 1,
            "id" when route.StartsWith("claims", StringComparison.Ordinal) => holdings.Claim,
            "change" => 1,
            "kind" => "report",
            "id" when route.StartsWith("objections", StringComparison.Ordinal) => holdings.Objection,
            "id" when route.StartsWith("plans", StringComparison.Ordinal) => holdings.Plan,
            "id" when route.StartsWith("receipts", StringComparison.Ordinal) || route.StartsWith("ledger", StringComparison.Ordinal) => 1,
            "id" when route.StartsWith("payment-orders", StringComparison.Ordinal) => holdings.PaymentOrder,
            "id" when route.StartsWith("payments/papers", StringComparison.Ordinal) => holdings.PaymentPaper,
            "id" when route.StartsWith("payments", StringComparison.Ordinal) => holdings.PaymentPlan,
            "id" when route.StartsWith("batches", StringComparison.Ordinal) => holdings.NoticeBatch,
            "id" when route.StartsWith("notices", StringComparison.Ordinal) || route.StartsWith("public/{pool}/notices", StringComparison.Ordinal) => holdings.Notice,
            "id" when route.StartsWith("reviews", StringComparison.Ordinal) => holdings.Submitted,
            "id" when route.StartsWith("loans/views", StringComparison.Ordinal) => holdings.View,
            "id" when route.StartsWith("loans", StringComparison.Ordinal) => holdings.Loan,
            "id" when route.StartsWith("corrections", StringComparison.Ordinal) => holdings.Correction,
            "id" when route.StartsWith("documents", StringComparison.Ordinal) => holdings.Document,
            "id" when route.StartsWith("messages", StringComparison.Ordinal) => holdings.Message,
            "id" when route.StartsWith("papers/claims", StringComparison.Ordinal) => holdings.Claim,
            "id" when route.StartsWith("papers", StringComparison.Ordinal) => holdings.Loan,
            "id" when route.StartsWith("people", StringComparison.Ordinal) => holdings.Person,
            "id" when route.StartsWith("organisations", StringComparison.Ordinal) => holdings.Bank,
            "code" when route.StartsWith("error", StringComparison.Ordinal) => 404,
            "code" => "shenzhen-2024",
            "n" => 1,
            "year" => 2025,
            "day" => "2026-09-20",
            "part" => "lists",
            "step" => "edit",
            _ => throw new InvalidOperationException($"The matrix knows no value for {{{name}}} of {route}."),
        };
        return Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
    }

    private static OrganisationKind KindOf(string code) => code switch
    {
        "B001" or "B002" => OrganisationKind.Bank,
        "GXT" => OrganisationKind.Reviewer,
        "JRZX" => OrganisationKind.Treasurer,
        "GXJ" => OrganisationKind.Authority,
        "CZJ" => OrganisationKind.Finance,
        "SJJ" => OrganisationKind.Auditor,
        _ => OrganisationKind.Platform,
    };
}
