using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FundPool.Web.Design.Tags;

/// <summary>Writes elements so that the code reads like the markup: <c>El("p", "lead", "text")</c>. Strings are encoded.</summary>
internal static class Markup
{
    public static TagBuilder El(string name, string? css = null, params object?[] content)
    {
        TagBuilder element = new(name);
        if (css is not null)
        {
            element.AddCssClass(css);
        }

        foreach (object? part in content)
        {
            element.InnerHtml.Put(part);
        }

        return element;
    }

    /// <summary>Sets an attribute; null leaves it out.</summary>
    public static TagBuilder With(this TagBuilder element, string name, string? value)
    {
        if (value is not null)
        {
            element.Attributes[name] = value;
        }

        return element;
    }

    /// <summary>Sets an attribute without a value, such as <c>required</c>, when it holds.</summary>
    public static TagBuilder Flag(this TagBuilder element, string name, bool holds) =>
        holds ? element.With(name, name) : element;

    public static TagBuilder Void(this TagBuilder element)
    {
        element.TagRenderMode = TagRenderMode.SelfClosing;
        return element;
    }

    public static TagBuilder Hidden(string text) => El("span", "visually-hidden", text);

    public static void Put(this IHtmlContentBuilder into, object? part)
    {
        switch (part)
        {
            case null:
                break;
            case IHtmlContent html:
                into.AppendHtml(html);
                break;
            case IEnumerable<IHtmlContent> many:
                foreach (IHtmlContent one in many)
                {
                    into.AppendHtml(one);
                }

                break;
            default:
                into.Append(part.ToString()!);
                break;
        }
    }

    /// <summary>Turns the tag helper into a plain element with this class beside the author's own.</summary>
    public static void Become(this TagHelperOutput output, string name, string css)
    {
        output.TagName = name;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClass(css);
    }

    public static void AddClass(this TagHelperOutput output, string css)
    {
        string? own = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", string.IsNullOrEmpty(own) ? css : $"{css} {own}");
    }

    /// <summary>Leaves nothing of the tag itself but this content.</summary>
    public static void Replace(this TagHelperOutput output, IHtmlContent content)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(content);
    }
}
