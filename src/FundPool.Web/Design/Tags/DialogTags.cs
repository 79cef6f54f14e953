using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>
/// Asks once more before something that can't be taken back, and repeats the amount. A submit button names it:
/// <c>&lt;button type="submit" data-confirm="pay"&gt;</c>. Without script the form is sent at once, so what can't be taken
/// back stands on a page of its own that checks the answers.
/// </summary>
[HtmlTargetElement("fp-confirm")]
public sealed class ConfirmTag(IText T) : TagHelper
{
    public string Id { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>What the button says: the deed itself, never just "确定".</summary>
    public string Action { get; set; } = "";

    public bool Danger { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        TagHelperContent inner = await output.GetChildContentAsync();
        output.Become("dialog", "dialog");
        output.Attributes.SetAttribute("id", Id);
        output.Attributes.SetAttribute("aria-labelledby", $"{Id}-title");
        output.Content.AppendHtml(El("h2", "dialog-title", Title).With("id", $"{Id}-title"));
        output.Content.AppendHtml(El("div", "dialog-body", inner));
        output.Content.AppendHtml(El(
            "div",
            "dialog-buttons",
            El("button", "btn", T["取消"]).With("type", "button").With("data-dialog-close", ""),
            El("button", Danger ? "btn btn-danger" : "btn btn-primary", Action).With("type", "button").With("data-dialog-go", "")));
    }
}

/// <summary>
/// Personal data that is masked. "查看完整" asks for a reason and posts it to <c>reveal-href</c> (form field
/// <c>reason</c>), which answers <c>{"value":"…"}</c> to a script and a page to a browser.
/// </summary>
[HtmlTargetElement("fp-masked", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MaskedTag(IText T) : TagHelper
{
    public string Value { get; set; } = "";

    /// <summary>What is masked, for the dialog's question.</summary>
    public string What { get; set; } = "";

    /// <summary>Null for whoever may not see it at all.</summary>
    public string? RevealHref { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("span", "masked");
        output.Content.AppendHtml(El("span", "masked-value", Value).With("data-masked-value", ""));
        output.Content.Put(string.IsNullOrEmpty(RevealHref)
            ? null
            : El("a", "masked-reveal", T["查看完整"], Hidden(What)).With("href", RevealHref).With("data-reveal", RevealHref)
                .With("data-reveal-what", What));
    }
}

/// <summary>
/// A file to hand in: click, or drop it on the field. In a form with <c>data-upload</c> the way it makes is shown and the
/// answer comes without losing the page.
/// </summary>
[HtmlTargetElement("fp-upload", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class UploadTag(IText T) : TagHelper
{
    [HtmlAttributeNotBound]
    [Microsoft.AspNetCore.Mvc.ViewFeatures.ViewContext]
    public ViewContext View { get; set; } = null!;

    public string Name { get; set; } = "file";

    /// <summary>Where several of one name stand on a page; the one without is what an error of that name is about.</summary>
    public string? Id { get; set; }

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    /// <summary>".xlsx,.xls,.csv"</summary>
    public string? Accept { get; set; }

    public long? MaxBytes { get; set; }

    public bool Multiple { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        string id = !string.IsNullOrEmpty(Id) ? Id : TagBuilder.CreateSanitizedId(Name, "_");
        string[] errors = string.IsNullOrEmpty(Id) && View.ViewData.ModelState.TryGetValue(Name, out var entry)
            ? [.. entry.Errors.Select(error => error.ErrorMessage)]
            : [];
        string describedBy = string.Join(' ', errors.Select((_, i) => $"{id}-error-{i}").Prepend($"{id}-hint"));
        output.Become("div", errors.Length > 0 ? "field field-wrong" : "field");
        output.Content.AppendHtml(El("label", "form-label", Label).With("for", id));
        foreach ((string error, int i) in errors.Select((error, i) => (error, i)))
        {
            output.Content.AppendHtml(El("div", "field-error", Icon.Of("alert-circle"), Hidden(T["错误："]), error).With("id", $"{id}-error-{i}"));
        }

        output.Content.AppendHtml(El(
            "div",
            "drop",
            Icon.Of("upload", "drop-icon"),
            El("p", "drop-title", T["把文件拖到这里，或点击选择"]).With("data-drop-title", ""),
            El("p", "form-hint", Hint).With("id", $"{id}-hint"),
            El("input", "drop-input").Void().With("type", "file").With("id", id).With("name", Name).With("accept", Accept)
                .With("aria-describedby", describedBy).With("aria-invalid", errors.Length > 0 ? "true" : null)
                .With("data-max-bytes", MaxBytes?.ToString(System.Globalization.CultureInfo.InvariantCulture)).Flag("multiple", Multiple))
            .With("data-drop", ""));
    }
}
