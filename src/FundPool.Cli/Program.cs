using FundPool.Application.Imports;
using FundPool.Cli;
using FundPool.Cli.Verbs;

Console.OutputEncoding = new System.Text.UTF8Encoding(false);
try
{
    Arguments arguments = new([.. args.Skip(1)]);
    return (args.Length == 0 ? "" : args[0]) switch
    {
        "ruling" => await Ruling.RunAsync(arguments),
        "deadline" => await Deadline.RunAsync(arguments),
        "migrate" => await Migrate.RunAsync(arguments),
        "seed" => await Seed.RunAsync(arguments),
        "org-add" => await OrgAdd.RunAsync(arguments),
        "import-loans" => await Import.RunAsync(ImportKind.Loans, arguments),
        "import-classes" => await Import.RunAsync(ImportKind.Classes, arguments),
        "report" => await Report.RunAsync(arguments),
        "verify" => await Verify.RunAsync(arguments),
        "" => throw new UsageException("缺少命令 / a verb is missing"),
        string other => throw new UsageException($"没有“{other}”这个命令 / there is no verb {other}"),
    };
}
catch (UsageException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
catch (IOException gone) when (args[0] is "ruling" or "deadline")
{
    // Whoever read the answers went away.
    await Console.Error.WriteLineAsync(gone.Message);
    return 1;
}
