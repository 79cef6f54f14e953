using System.Globalization;
using System.Text;

namespace FundPool.Bench;

/// <summary>Cases for the ruling as a bank's system would send them: most of them eligible, some refused by one condition or another.</summary>
internal static class Cases
{
    private static readonly string[] Securities = ["\"credit\"", "\"guarantee\"", "\"guarantee\",\"receivable\"", "\"real_estate\"", "\"ip\""];
    private static readonly string[] Features = ["", "\"first_loan\"", "\"green\"", "\"first_loan\",\"green\""];
    private static readonly string[] Qualifications = ["", "\"high_tech\"", "\"little_giant\""];
    private static readonly string[] Industries = ["C3921", "F51", "I6510", "K702", "E48"];

    public static int Write(int count)
    {
        using StreamWriter output = new(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        Random random = new(20260310);
        for (int i = 1; i <= count; i++)
        {
            output.WriteLine(Line(i, random));
        }

        return 0;
    }

    private static string Line(int id, Random random)
    {
        DateOnly loan = new DateOnly(2024, 1, 1).AddDays(random.Next(640));
        DateOnly npl = loan.AddDays(random.Next(120, 330));
        DateOnly applied = npl.AddDays(random.Next(1, 85));
        long principal = 10_000L * random.Next(10, 480);
        long balance = principal + (10_000L * random.Next(0, 2_000));
        long outstanding = principal - (principal / 100 * random.Next(0, 60));
        return string.Create(CultureInfo.InvariantCulture,
            $$"""{"id":"C{{id:000000}}","loanDate":"{{loan:yyyy-MM-dd}}","maturityDate":"{{loan.AddMonths(12):yyyy-MM-dd}}","borrowerKind":"{{(id % 3 == 0 ? "micro" : "small")}}","industry":"{{Industries[random.Next(Industries.Length)]}}","principal":"{{principal}}.00","annualRate":"0.0{{random.Next(300, 540)}}","product":"working_capital","totalBalance":"{{balance}}.00","otherCover":"none","security":[{{Securities[random.Next(Securities.Length)]}}],"features":[{{Features[random.Next(Features.Length)]}}],"qualifications":[{{Qualifications[random.Next(Qualifications.Length)]}}],"registeredOn":"{{loan.AddDays(random.Next(1, 90)):yyyy-MM-dd}}","riskClass":"substandard","nplDate":"{{npl:yyyy-MM-dd}}","appliedOn":"{{applied:yyyy-MM-dd}}","creditReportOn":"{{applied.AddDays(-random.Next(0, 9)):yyyy-MM-dd}}","outstandingPrincipal":"{{outstanding}}.00"}""");
    }
}
