using System.Security.Cryptography;
using FundPool.Application.Pipeline;
using FundPool.Data;
using FundPool.Data.Compensation;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace FundPool.Application.Papers;

/// <summary>What a paper is about; there is one paper for it.</summary>
/// <param name="Bank">Whose the subject is; 0 for the pool's own notices and plans.</param>
/// <param name="N">The version of a claim.</param>
public sealed record PaperSubject(int Pool, int Bank, string Kind, long Id, int N = 0);

/// <summary>Where the portal is reached from outside; stands in the code of every paper for good, so it is a setting and never what a browser sent as host.</summary>
public sealed record PaperAddress(string Portal)
{
    /// <summary>The page that verifies a paper.</summary>
    public string Of(string code) => $"{Portal.TrimEnd('/')}/verify/{code}";
}

/// <summary>A paper to give out.</summary>
public sealed record PaperFile(Paper Paper, byte[] Docx, string Sha256)
{
    public string Name => DocxRenderer.FileName(Paper);

    internal static PaperFile Of(IssuedPaper stored) => new(PaperText.Read(stored.Content), stored.Docx, stored.Sha256);
}

/// <summary>The store of papers: the first reader makes a paper, everybody after gets the same bytes.</summary>
internal sealed class PaperShelf(FundPoolDb db, PaperAddress address)
{
    public Task<IssuedPaper?> FindAsync(PaperSubject subject, CancellationToken ct) => db.Papers.AsNoTracking().FirstOrDefaultAsync(
        p => p.PoolId == subject.Pool && p.BankId == subject.Bank && p.Kind == subject.Kind && p.SubjectId == subject.Id && p.SubjectN == subject.N, ct);

    /// <summary>An auditor writes nothing, not even a paper's first copy.</summary>
    public static Refusal NotMadeYet(string article) => new(new Article(article), new Words(
        "该文书尚未出具：银行或管理机构首次打开后才会生成", "This paper has not been made yet: it is made when the bank or an institution first opens it"));

    /// <summary>A business owner is named in full on the paper: whoever may not unmask such a name does not take the paper out. The claim's page shows them the rest.</summary>
    public async Task<Refusal?> WhyNotAsync(IActor actor, int pool, int bank, long claim, CancellationToken ct) =>
        actor.Acting.Bank == bank || actor.May(Permission.Unmask) || !await (
            from c in db.Claims
            join loan in db.Loans on new { c.PoolId, c.BankId, Id = c.LoanId } equals new { loan.PoolId, loan.BankId, loan.Id }
            where c.PoolId == pool && c.BankId == bank && c.Id == claim && loan.BorrowerKind == "owner"
            select c.Id).AnyAsync(ct)
            ? null
            : new Refusal(new Article("10(2)"), new Words(
                "该文书载有个人姓名，只向经办银行和项目库管理机构提供；申请页面可查看其余内容", "This paper names a private person and is given to the bank and the reviewer only; the claim's page shows the rest"));

    /// <summary>The bank's name and the pool's.</summary>
    public async Task<(string Bank, string Pool)> NamesAsync(int pool, int bank, CancellationToken ct) => (
        await db.Organisations.Where(o => o.PoolId == pool && o.Id == bank).Select(o => o.Name).FirstAsync(ct),
        await db.Pools.Where(p => p.Id == pool).Select(p => p.Name).FirstAsync(ct));

    /// <summary>Gives the paper a code, makes its file and keeps both; where another was quicker, theirs is the paper.</summary>
    public async Task<IssuedPaper> IssueAsync(PaperSubject subject, Paper paper, CancellationToken ct)
    {
        string code = PaperCode.New();
        Paper stamped = paper with { Kind = subject.Kind, Stamp = new PaperStamp(code, address.Of(code)) };
        string content = PaperText.Write(stamped);
        byte[] docx = DocxRenderer.Render(stamped);
        string title = PaperText.Clean(stamped.FlatTitle), issuer = PaperText.Clean(stamped.Signer);
        await db.Database.ExecuteSqlAsync($"""
            insert into compensation.paper (pool_id, bank_id, kind, subject_id, subject_n, code, number, title, issuer, issued_on, amount_fen, content, docx, sha256)
            values ({subject.Pool}, {subject.Bank}, {subject.Kind}, {subject.Id}, {subject.N}, {code}, {stamped.Number}, {title}, {issuer}, {stamped.Date}, {stamped.AmountFen},
                    {content}, {docx}, {Convert.ToHexStringLower(SHA256.HashData(docx))})
            on conflict (pool_id, bank_id, kind, subject_id, subject_n) do nothing
            """, ct);
        return await FindAsync(subject, ct) ?? throw new InvalidOperationException($"The paper {subject} was not kept.");
    }
}
