using FundPool.Application.Imports;
using FundPool.Cli;
using FundPool.Cli.Verbs;

try
{
    Arguments arguments = new(args.Length == 0 ? [] : args[1..]);
    return args.Length == 0 ? throw new UsageException("缺少命令 / a verb is missing") : args[0] switch
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
        _ => throw new UsageException($"没有命令“{args[0]}” / there is no verb “{args[0]}”"),
    };
}
catch (UsageException usage)
{
    Console.Error.WriteLine(usage.Message);
    return 2;
}
catch (IOException gone)
{
    // Whoever read the answers went away.
    Console.Error.WriteLine(gone.Message);
    return 1;
}
