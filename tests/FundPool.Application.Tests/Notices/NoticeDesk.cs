using FundPool.Application.Compensation;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Domain.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using FundPool.Testing;

namespace FundPool.Application.Tests.Notices;

/// <summary>The authority's people, and the way of a claim to a published notice.</summary>
internal sealed class NoticeDesk : IAsyncDisposable
{
    public static readonly NoticeFields Fields = new("风险补偿项目公示（2026年第一批）", "《实施细则》第二十条", "融资服务处 0755-1", "监察处 0755-2", 7);

    private NoticeDesk(TestPortal portal) => Portal = portal;

    public TestPortal Portal { get; }

    public TestActor Officer { get; private set; } = null!;

    public TestActor Chief { get; private set; } = null!;

    public static async Task<NoticeDesk> OpenAsync()
    {
        TestPortal portal = await TestPortal.OpenAsync();
        return new NoticeDesk(portal)
        {
            Officer = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Officer),
            Chief = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Chief),
        };
    }

    public async Task<ClaimRef> ApprovedAsync(string bank = "B001", params (string Field, string? Value)[] changes)
    {
        ClaimKey claim = await Portal.ClaimAsync(bank, ClaimState.Approved, changes);
        return new ClaimRef(claim.Bank, claim.Id);
    }

    public async Task<long> BatchAsync(params ClaimRef[] claims) => (await Portal.SendAsync(Officer, new StartBatch.Command("2026年第一批", claims))).Value;

    public async Task<long> DraftAsync(long batch, NoticeFields? fields = null) => (await Portal.SendAsync(Officer, new DraftNotice.Command(batch, fields ?? Fields))).Value;

    public async Task<Outcome<string>> PublishAsync(long notice, TestActor? by = null)
    {
        ShowNotice.Answer shown = (await Portal.SendAsync(Officer, new ShowNotice.Query(notice))).Value;
        return await Portal.SendAsync(by ?? Chief, new PublishNotice.Command(notice, shown.Notice.RowVersion, shown.BatchVersion));
    }

    /// <summary>A published notice with these claims.</summary>
    public async Task<long> PublishedAsync(params ClaimRef[] claims)
    {
        long notice = await DraftAsync(await BatchAsync(claims));
        await PublishAsync(notice);
        return notice;
    }

    public Task<string> StateOfAsync(ClaimRef claim) => Portal.Database.ScalarAsync<string>("select state from compensation.claim where bank_id = $1 and id = $2", claim.Bank, claim.Id);

    public static Article ArticleOf<T>(Outcome<T> outcome) => outcome.Refusal!.Article;

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
