using System.Text.Json;
using FundPool.Application.Files;
using FundPool.Application.Imports;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Data.Tenancy;
using Microsoft.EntityFrameworkCore.Storage;

namespace FundPool.Cli.Verbs;

/// <summary><c>import-loans</c> and <c>import-classes</c>: what the browser's import does, from a file on the server.</summary>
internal static class Import
{
    public static async Task<int> RunAsync(ImportKind kind, Arguments arguments)
    {
        string pool = arguments.Required("--pool"), bank = arguments.Required("--bank"), path = arguments.Required("--file");
        DateOnly? asOf = arguments.Date("--as-of");
        string? legacy = kind == ImportKind.Loans ? arguments.Optional("--legacy") : null;
        bool allOrNothing = kind == ImportKind.Loans && arguments.Has("--all-or-nothing"), json = arguments.Has("--json");
        arguments.End();
        if (!File.Exists(path))
        {
            throw new UsageException($"没有文件 {path} / there is no file {path}");
        }

        if (new FileInfo(path).Length > UploadFile.LargestFile)
        {
            throw new UsageException("文件超过 50 MB，请拆分后再导入 / the file is larger than 50 MB; split it");
        }

        await using Installation installation = Installation.Open();
        (int poolId, Organisation? organisation) = await installation.FindAsync(pool, bank);
        if (organisation!.Kind != "bank")
        {
            throw new UsageException($"机构 {bank} 不是银行 / {bank} is no bank");
        }

        RuleSource rules = new(Installation.ClockOf(asOf));
        ImportRun run = new(installation.App, rules, PersonalNumbers.FromEnvironment(Installation.IsProduction));
        Acting acting = CommandLineActor.Bank(poolId, organisation.Id).Acting;
        ImportRun.Answer answer = await ImportNow.RunAsync(installation.App, run, acting, kind, path, rules.Today, legacy, allOrNothing, CancellationToken.None);
        string? errorFile = await SaveErrorsAsync(installation, acting, answer);
        Print(answer, errorFile, json);
        return answer.Batch.State == "registered" && answer.Counts.Rejected == 0 ? 0 : 1;
    }

    private static async Task<string?> SaveErrorsAsync(Installation installation, Acting acting, ImportRun.Answer answer)
    {
        if (answer.Batch.ErrorFileId is not { } file)
        {
            return null;
        }

        string folder = Path.Combine(Environment.GetEnvironmentVariable("FUNDPOOL_DATA") ?? Path.Combine(Path.GetTempPath(), "fundpool"), "errors");
        Directory.CreateDirectory(folder);
        string path = Path.GetFullPath(Path.Combine(folder, $"batch-{answer.Batch.Id}.xlsx"));
        await using FundPoolDb db = new(FundPoolDb.Options(installation.App));
        await using IDbContextTransaction transaction = await db.BeginAsync(acting, new Cause("OpenImportFile"));
        await using FileStream? content = await new DatabaseFileStore(db).OpenAsync(answer.Batch.PoolId, answer.Batch.BankId, file, CancellationToken.None);
        await using FileStream target = File.Create(path);
        await content!.CopyToAsync(target);
        return path;
    }

    private static void Print(ImportRun.Answer answer, string? errorFile, bool json)
    {
        ImportCounts counts = answer.Counts;
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                batch = answer.Batch.Id,
                rows = counts.Rows,
                accepted = counts.Accepted,
                unchanged = counts.Unchanged,
                rejected = counts.Rejected,
                seconds = Math.Round(answer.Time.TotalSeconds, 3),
                errors = answer.FirstErrors.Select(e => new { row = e.Row, field = e.Problem.Field, code = e.Problem.Code, message = e.Problem.Message.Zh }),
                errorFile,
            }, Output.Json));
            return;
        }

        Console.Out.WriteLine($"批次 {answer.Batch.Id}：{counts.Rows} 行，登记 {counts.Accepted}，无变化 {counts.Unchanged}，拒绝 {counts.Rejected}，用时 {answer.Time.TotalSeconds:0.0} 秒");
        foreach (RowError error in answer.FirstErrors.Take(20))
        {
            Console.Out.WriteLine($"  第 {error.Row} 行 {error.Problem.Field} [{error.Problem.Code}] {error.Problem.Message.Zh}");
        }

        if (errorFile is not null)
        {
            Console.Out.WriteLine($"错误说明工作簿：{errorFile}");
        }
    }
}
