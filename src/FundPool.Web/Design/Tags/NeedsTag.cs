using FundPool.Domain.Tenancy;
using FundPool.Web.Identity;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FundPool.Web.Design.Tags;

/// <summary>A link for who may open its page; everybody else reads the same words without a link that would end in a refusal.</summary>
[HtmlTargetElement("a", Attributes = "needs")]
public sealed class NeedsTag : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    public Permission Needs { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (SignedIn.Of(View.HttpContext)?.Permissions.Contains(Needs) != true)
        {
            output.TagName = "span";
            output.Attributes.RemoveAll("href");
        }
    }
}
