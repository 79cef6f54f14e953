using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>
/// What is wrong with the form, above it, in the same words as at each field, each line a link to its field. It
/// takes the focus, and the frame puts "错误：" before the window's title. Without errors it writes nothing.
/// </summary>
[HtmlTargetElement("fp-error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTag(IText T) : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = View.ViewData.ModelState
            .SelectMany(entry => entry.Value!.Errors.Select(error => (Field: entry.Key, error.ErrorMessage)))
            .Where(error => error.ErrorMessage.Length > 0)
            .Distinct()
            .OrderBy(error => Place(error.Field))
            .ToArray();
        if (errors.Length == 0)
        {
            output.SuppressOutput();
            return;
        }

        TagBuilder list = El("ul");
        foreach ((string field, string message) in errors)
        {
            list.InnerHtml.AppendHtml(El("li", null, field.Length == 0
                ? El("span", null, message)
                : El("a", null, message).With("href", "#" + TagBuilder.CreateSanitizedId(field, "_"))));
        }

        output.Become("div", "error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("data-focus", "");
        output.Attributes.SetAttribute("aria-labelledby", "error-summary-title");
        // A refusal has no field: there is nothing to mend in the form.
        string title = errors.All(error => error.Field.Length == 0) ? T["不能办理"] : errors.Length == 1 ? T["有 1 处需要修改"] : T["有 {0} 处需要修改", errors.Length];
        output.Content.AppendHtml(El("h2", null, title).With("id", "error-summary-title"));
        output.Content.AppendHtml(list);
    }

    // In the order of the form, which is that of its model; model state itself has none that a reader would know.
    private int Place(string field)
    {
        string first = field.Split('.', '[')[0];
        int i = 0;
        foreach (ModelMetadata property in View.ViewData.ModelMetadata.Properties)
        {
            if (string.Equals(property.PropertyName, first, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }

            i++;
        }

        return int.MaxValue;
    }
}
