using FundPool.Application.Papers;
using FundPool.Data.Tenancy;
using FundPool.Domain.Compensation;
using FundPool.Domain.Tenancy;
using FundPool.Testing;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Papers;

public sealed class PaperTests : IAsyncLifetime
{
    private static readonly TestActor Nobody = new(Acting.Identity, OrganisationKind.Platform, new HashSet<Permission> { Permission.Public });

    private TestPortal portal = null!;
    private TestActor maker = null!;
    private TestActor reviewer = null!;

    public async Task InitializeAsync()
    {
        portal = await TestPortal.OpenAsync();
        maker = await portal.MakerAsync();
        reviewer = await portal.ReviewerAsync();
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task ClaimForm_OpenedByBankAndReviewer_IsOnePaperWithTheSameBytes()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);

        PaperFile first = (await portal.SendAsync(maker, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Value;
        PaperFile second = (await portal.SendAsync(reviewer, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Value;

        second.Docx.ShouldBe(first.Docx);
        second.Sha256.ShouldBe(first.Sha256);
        DocxRenderer.Render(first.Paper).ShouldBe(first.Docx);
        first.Paper.AmountFen.ShouldBe(36_000_000);
        first.Paper.Signer.ShouldBe("甲银行深圳分行");
        first.Paper.Title[^1].ShouldBe("风险补偿申请表");
        Facts facts = first.Paper.Body.OfType<Facts>().Single();
        facts.Rows.Single(fact => fact.Name == "申请补偿金额").Value.ShouldBe("360,000.00元（大写：叁拾陆万元整）");
        facts.Rows.Single(fact => fact.Name == "补偿比例").Value.ShouldBe("40%");
        facts.Rows.Single(fact => fact.Name == "不良认定日期").Value.ShouldBe("2026年3月12日");
        first.Paper.Annexes[0].Body.OfType<Grid>().Single().Rows.Count.ShouldBe(22);
        (await portal.Database.ScalarAsync<long>("select count(*) from compensation.paper")).ShouldBe(1);
        (await portal.Database.ScalarAsync<long>("select count(*) from audit.event where action = 'OpenClaimForm' and entity = 'compensation.paper'")).ShouldBe(3);
    }

    [Fact]
    public async Task ClaimForm_OpenedByManyAtOnce_IsMadeOnce()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);

        PaperFile[] files = [.. (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => portal.SendAsync(maker, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))))).Select(o => o.Value)];

        files.Select(file => file.Sha256).Distinct().ShouldHaveSingleItem();
        (await portal.Database.ScalarAsync<long>("select count(*) from compensation.paper")).ShouldBe(1);
    }

    [Fact]
    public async Task ClaimForm_OfAnotherBankOrOfNoSubmission_IsNotThere()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);
        TestActor other = await portal.MakerAsync("B002");

        (await portal.SendAsync(other, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(maker, new OpenClaimForm.Command(claim.Bank, claim.Id, 2))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(maker, new OpenClaimForm.Command(claim.Bank, 4711, 1))).IsNotFound.ShouldBeTrue();
    }

    [Fact]
    public async Task ClaimForm_AskedByTheAuditor_IsReadAndNeverMade()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);
        TestActor auditor = await portal.AuditorAsync();

        (await portal.SendAsync(auditor, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Refusal.ShouldNotBeNull();
        PaperFile made = (await portal.SendAsync(maker, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Value;
        (await portal.SendAsync(auditor, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Value.Sha256.ShouldBe(made.Sha256);
    }

    [Fact]
    public async Task ReviewOpinion_PartlyApproved_SaysWhatWasTakenOffAndWhy()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Approved);
        long review = await DecidedAsync(claim, "approve", 30_000_000, """[{"code":"other","amountFen":6000000,"reason":"重复计入的利息"}]""", "[]");

        Paper paper = (await portal.SendAsync(maker, new OpenReviewOpinion.Command(claim.Bank, review))).Value.Paper;

        paper.AmountFen.ShouldBe(30_000_000);
        paper.Body.OfType<Line>().ShouldContain(line => line.Text == "部分通过，同意补偿300,000.00元（大写：叁拾万元整），核减60,000.00元。");
        Grid grid = paper.Body.OfType<Grid>().Single();
        grid.Rows.ShouldHaveSingleItem().ShouldBe(["1", "其他", "重复计入的利息", "60,000.00"]);
        grid.Total!.ShouldBe(["", "合计", "", "60,000.00"]);
        paper.Addressee.ShouldBe("甲银行深圳分行");
        paper.Date.ShouldBe(new DateOnly(2026, 3, 17));
    }

    [Fact]
    public async Task ReviewOpinion_Rejected_NamesTheArticles()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Rejected);
        long review = await DecidedAsync(claim, "reject", null, "[]", """[{"article":"15(2)","code":"purpose","note":"资金转入房地产开发"}]""");

        Paper paper = (await portal.SendAsync(reviewer, new OpenReviewOpinion.Command(claim.Bank, review))).Value.Paper;

        paper.AmountFen.ShouldBeNull();
        paper.Body.OfType<Line>().ShouldContain(line => line.Level == LineLevel.Third && line.Text == "第15条第(2)项：资金转入房地产开发");
    }

    [Fact]
    public async Task ReviewOpinion_ReExaminedAndUnfounded_KeepsWhatWasApprovedBefore()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Clear);
        await DecidedAsync(claim, "approve", 30_000_000, """[{"code":"other","amountFen":6000000,"reason":"重复计入的利息"}]""", "[]");
        long review = await DecidedAsync(claim, "clear", null, "[]", "[]", kind: "re_examination");

        Paper paper = (await portal.SendAsync(reviewer, new OpenReviewOpinion.Command(claim.Bank, review))).Value.Paper;

        paper.Title[^1].ShouldBe("公示异议复核报告");
        paper.Body.OfType<Line>().ShouldContain(line => line.Text == "异议不成立，维持原审核结论，同意补偿300,000.00元（大写：叁拾万元整）。");
        paper.AmountFen.ShouldBe(30_000_000);
    }

    [Fact]
    public async Task ReviewOpinion_Returned_ListsEverythingThatIsMissing()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Returned);
        long review = await DecidedAsync(claim, "return", null, "[]", "[]", """[{"code":"missing","material":"contract","note":"缺合同第三页"}]""");

        Paper paper = (await portal.SendAsync(maker, new OpenReviewOpinion.Command(claim.Bank, review))).Value.Paper;

        paper.Body.OfType<Grid>().Single().Rows.ShouldHaveSingleItem()[^1].ShouldBe("缺合同第三页");
    }

    [Fact]
    public async Task ClaimForm_NonPerformingOnTheDayOfRegistration_StatesWhatIsClaimed()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);
        // As SubmitClaim keeps it where only the reviewer's question is open: the ruling itself names no amount.
        await portal.Database.ExecuteAsync("""
            alter table compensation.claim_version disable trigger append_only;
            update compensation.claim_version set ruled_case = jsonb_set(ruled_case, '{registeredOn}', ruled_case -> 'nplDate'), ruling = ruling || '{"outcome":"undetermined","share":"0.00","amount":"0.00"}';
            alter table compensation.claim_version enable trigger append_only;
            """);

        Paper paper = (await portal.SendAsync(maker, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Value.Paper;

        paper.AmountFen.ShouldBe(36_000_000);
        paper.Body.OfType<Facts>().Single().Rows.Single(fact => fact.Name == "补偿比例").Value.ShouldBe("40%");
    }

    [Fact]
    public async Task Papers_OfABusinessOwner_GoToWhoMayKnowTheName()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted, ("borrower_kind", "owner"), ("borrower_name", "王小明"), ("borrower_id", "11010519491231002X"), ("product", "personal_business"), ("credit_line", "1000000.00"));
        TestActor authority = await portal.PersonAsync("GXJ", OrganisationKind.Authority, Role.Officer);

        (await portal.SendAsync(authority, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Refusal!.Words.Zh.ShouldStartWith("该文书载有个人姓名");
        (await portal.SendAsync(reviewer, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task DraftForm_BeforeTheSubmission_IsPrintedWithoutACodeAndNotKept()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Draft);
        TestActor other = await portal.MakerAsync("B002");

        Paper paper = (await portal.SendAsync(maker, new PrintDraftForm.Query(claim.Id))).Value.Paper;

        paper.Title[^1].ShouldBe("风险补偿申请表");
        paper.Stamp.IsGiven.ShouldBeFalse();
        paper.Body.OfType<Facts>().Single().Rows.Single(fact => fact.Name == "申请补偿金额").Value.ShouldBe("360,000.00元（大写：叁拾陆万元整）");
        (await portal.Database.ScalarAsync<long>("select count(*) from compensation.paper")).ShouldBe(0);
        (await portal.SendAsync(other, new PrintDraftForm.Query(claim.Id))).IsNotFound.ShouldBeTrue();
        (await portal.SendAsync(reviewer, new PrintDraftForm.Query(claim.Id))).IsNotFound.ShouldBeTrue();
    }

    [Fact]
    public async Task ReviewOpinion_BeforeTheChiefDecided_IsNotThere()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Proposed);
        long review = await portal.Database.ScalarAsync<long>("""
            insert into compensation.review (pool_id, bank_id, claim_id, kind, claim_version, proposal, officer_opinion, officer, officer_name)
            values ($1, $2, $3, 'review', 1, 'reject', '不符合', 1, '初审员') returning id
            """, portal.Database.Pool, claim.Bank, claim.Id);

        (await portal.SendAsync(maker, new OpenReviewOpinion.Command(claim.Bank, review))).IsNotFound.ShouldBeTrue();
    }

    [Fact]
    public async Task Verification_OfAPaper_TellsWhatComparesIt()
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);
        PaperFile file = (await portal.SendAsync(maker, new OpenClaimForm.Command(claim.Bank, claim.Id, 1))).Value;
        string typed = file.Paper.Stamp.Code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);

        VerifyPaper.Known known = (await portal.SendAsync(Nobody, new VerifyPaper.Query(typed))).Paper!;

        known.Sha256.ShouldBe(file.Sha256);
        (known.Kind, known.Issuer, known.IssuedOn, known.AmountFen, known.Pool, known.Later).ShouldBe(("claim_form", "甲银行深圳分行", new DateOnly(2026, 3, 16), 36_000_000, null, null));
        await portal.Database.ExecuteAsync("update compensation.claim set version = 2 where id = $1", claim.Id);
        (await portal.SendAsync(Nobody, new VerifyPaper.Query(typed))).Paper!.Later.ShouldBe("");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0ABCDE-FGHJK-MNPQR-STVWX-YZ012")]
    [InlineData("' or 1=1 --")]
    [InlineData("\0")]
    public async Task Verification_OfAnythingElse_FindsNothing(string? code) =>
        (await portal.SendAsync(Nobody, new VerifyPaper.Query(code))).Paper.ShouldBeNull();

    [Theory]
    [InlineData("select code from compensation.paper")]
    [InlineData("select compensation.verify_paper('x')")]
    public async Task Papers_OfABank_AreBehindItsFence(string sql)
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);
        await portal.SendAsync(maker, new OpenClaimForm.Command(claim.Bank, claim.Id, 1));
        TestActor other = await portal.MakerAsync("B002");

        int seen = 0;
        try
        {
            seen = (await portal.Database.ColumnAsync(other.Acting, sql)).Count;
        }
        catch (Npgsql.PostgresException refused) when (refused.SqlState == Npgsql.PostgresErrorCodes.InsufficientPrivilege)
        {
            // A bank may not even ask the public's question in its own scope.
        }

        seen.ShouldBe(0);
    }

    [Theory]
    [InlineData("update compensation.paper set number = 'x'")]
    [InlineData("delete from compensation.paper")]
    public async Task Paper_EvenForTheOwner_IsNotChanged(string sql)
    {
        ClaimKey claim = await portal.ClaimAsync("B001", ClaimState.Submitted);
        await portal.SendAsync(maker, new OpenClaimForm.Command(claim.Bank, claim.Id, 1));

        (await Should.ThrowAsync<Npgsql.PostgresException>(() => portal.Database.ExecuteAsync(sql))).MessageText.ShouldContain("append-only");
    }

    private Task<long> DecidedAsync(ClaimKey claim, string proposal, long? fen, string deductions, string grounds, string lacks = "[]", string kind = "review") => portal.Database.ScalarAsync<long>("""
        insert into compensation.review (pool_id, bank_id, claim_id, kind, claim_version, state, proposal, approved_fen, deductions, grounds, deficiencies, officer_opinion, officer, officer_name, proposed_at, chief, chief_name, decided_at)
        values ($1, $2, $3, $9, 1, 'decided', $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, '情况属实', 1, '初审员', '2026-03-17T02:00:00Z', 2, '复审员', '2026-03-17T03:00:00Z') returning id
        """, portal.Database.Pool, claim.Bank, claim.Id, proposal, (object?)fen ?? DBNull.Value, deductions, grounds, lacks, kind);
}
