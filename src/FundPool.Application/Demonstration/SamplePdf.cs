using System.Globalization;
using System.Text;

namespace FundPool.Application.Demonstration;

/// <summary>A page of PDF that says what it stands for, so that the documents of the demonstration can be opened.</summary>
internal static class SamplePdf
{
    public static byte[] Of(string text)
    {
        string content = $"BT /F1 20 Tf 72 760 Td (FundPool demonstration) Tj 0 -40 Td /F1 14 Tf ({Ascii(text)}) Tj ET";
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            $"<</Length {content.Length}>>\nstream\n{content}\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        StringBuilder pdf = new("%PDF-1.4\n");
        List<int> starts = [];
        for (int i = 0; i < objects.Length; i++)
        {
            starts.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int table = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        starts.ForEach(start => pdf.Append(CultureInfo.InvariantCulture, $"{start:D10} 00000 n \n"));
        pdf.Append(CultureInfo.InvariantCulture, $"trailer <</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }

    private static string Ascii(string text) => string.Concat(text.Where(c => c is >= ' ' and <= '~' and not '(' and not ')' and not '\\'));
}
