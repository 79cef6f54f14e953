using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FundPool.Web.Design.Tags;

/// <summary>
/// The framework leaves the antiforgery token out of a form with a plain <c>action</c>; every posting form of ours has
/// one, or its answer would be a 400.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post],action")]
public sealed class PostFormTag(IAntiforgery antiforgery) : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        AntiforgeryTokenSet token = antiforgery.GetAndStoreTokens(View.HttpContext);
        output.PostContent.AppendHtml(Markup.El("input").Void()
            .With("type", "hidden").With("name", token.FormFieldName).With("value", token.RequestToken));
    }
}
