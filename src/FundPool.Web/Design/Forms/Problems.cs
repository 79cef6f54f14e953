using FundPool.Domain.Kernel;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FundPool.Web.Design.Forms;

/// <summary>Brings what the lower layers found wrong to the fields of the form.</summary>
public static class Problems
{
    /// <summary>
    /// Adds each problem at its field. Names are matched without case and underscores, so the contract's
    /// <c>note_no</c> finds the form's <c>NoteNo</c>; one that fits no field stands in the summary only.
    /// </summary>
    public static void AddProblems(this ModelStateDictionary state, IEnumerable<Problem> problems, IText text, string prefix = "")
    {
        Dictionary<string, string> keys = state.Keys
            .GroupBy(Plain, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        foreach (Problem problem in problems)
        {
            string name = prefix.Length == 0 ? problem.Field : $"{prefix}.{problem.Field}";
            state.AddModelError(keys.GetValueOrDefault(Plain(name), name), text.Of(problem.Message));
        }
    }

    private static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
