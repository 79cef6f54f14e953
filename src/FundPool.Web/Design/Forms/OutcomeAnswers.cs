using FundPool.Application.Pipeline;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc;

namespace FundPool.Web.Design.Forms;

/// <summary>The three kinds of no as answers: the form again with 400 at the fields, with 422 in the rulebook's words, or 404.</summary>
public static class OutcomeAnswers
{
    /// <summary>Null when the use case succeeded; else what to answer, with <paramref name="again"/> drawing the form.</summary>
    public static IActionResult? WhyNot<T>(this Controller controller, Outcome<T> outcome, IText text, Func<IActionResult> again)
    {
        if (outcome.Succeeded)
        {
            return null;
        }

        if (outcome.IsNotFound)
        {
            return controller.NotFound();
        }

        if (outcome.Refusal is { } refusal)
        {
            controller.ModelState.AddModelError("", text.Of(refusal.Words));
            controller.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        else
        {
            controller.ModelState.AddProblems(outcome.Problems, text);
            controller.Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return again();
    }
}
