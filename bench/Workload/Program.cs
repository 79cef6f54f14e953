using System.Globalization;
using FundPool.Bench;

// workload loans N SEED FILE(.csv|.xlsx)   loans of 2026Q3 that all may enter the library
// workload cases N                         cases for `ruling`, one JSON object a line, on standard output
// workload rule FILE                      those cases in process on one thread, cases a second
// workload export CONNECTION POOL BANK     the bank's list through the export's own use case, timed
// workload payments CONNECTION POOL WORKERS  releases prepared payment orders at once, against bare conditional updates
return args switch
{
    ["loans", string n, string seed, string file] => LoanFile.Write(int.Parse(n, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture), file),
    ["cases", string n] => Cases.Write(int.Parse(n, CultureInfo.InvariantCulture)),
    ["rule", string file] => InProcess.Run(file),
    ["export", string connection, string pool, string bank] => await Export.RunAsync(connection, int.Parse(pool, CultureInfo.InvariantCulture), int.Parse(bank, CultureInfo.InvariantCulture)),
    ["payments", string connection, string pool, string workers] => await Payments.RunAsync(connection, int.Parse(pool, CultureInfo.InvariantCulture), int.Parse(workers, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("workload loans N SEED FILE | cases N | rule FILE | export CONNECTION POOL BANK | payments CONNECTION POOL WORKERS");
    return 2;
}
