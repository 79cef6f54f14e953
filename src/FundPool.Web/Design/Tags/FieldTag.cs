using System.Globalization;
using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static FundPool.Web.Design.Tags.Markup;

namespace FundPool.Web.Design.Tags;

/// <summary>What a field is entered with.</summary>
public enum FieldKind
{
    Text,
    Paragraph,
    Number,
    Money,
    Percent,
    Date,
    Select,
    Choices,
    Checks,
    Password,
    Code,
    Search,
}

/// <summary>
/// One question of a form, whole: label, hint, control, and what is wrong with the answer, tied together for
/// whoever sees, hears or clicks. Attributes it doesn't know go to the control.
/// </summary>
[HtmlTargetElement("fp-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTag(IText T) : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext View { get; set; } = null!;

    /// <summary>The property that is asked for; gives name, id, value and errors.</summary>
    public ModelExpression? For { get; set; }

    /// <summary>The name where there is no property to point at.</summary>
    public string? Name { get; set; }

    /// <summary>The answer so far where there is no property to point at.</summary>
    public string? Value { get; set; }

    public FieldKind Kind { get; set; }

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    public bool Required { get; set; }

    /// <summary>The answers to choose from, for select, choices and checks.</summary>
    public IEnumerable<SelectListItem> Options { get; set; } = [];

    /// <summary>The first, empty entry of a select; without it a select shows "请选择".</summary>
    public string? EmptyOption { get; set; }

    /// <summary>What stands before and after the control: 元, %, 天.</summary>
    public string? Prefix { get; set; }

    public string? Suffix { get; set; }

    /// <summary>xs, s, m, l: the width says how long an answer is expected. Without it: the whole column.</summary>
    public string? Width { get; set; }

    /// <summary>The label is for ears only, as in a filter with a placeholder.</summary>
    public bool HideLabel { get; set; }

    /// <summary>A select that can be searched by typing.</summary>
    public bool Combobox { get; set; }

    public bool Multiple { get; set; }

    private string FullName => For is { } f ? View.ViewData.TemplateInfo.GetFullHtmlFieldName(f.Name) : Name ?? "";

    private string Id => TagBuilder.CreateSanitizedId(FullName, "_");

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ModelStateEntry? entry = View.ViewData.ModelState.TryGetValue(FullName, out ModelStateEntry? found) ? found : null;
        string[] errors = entry?.Errors.Select(error => error.ErrorMessage).Where(message => message.Length > 0).ToArray() ?? [];
        string[] values = Answers(entry);
        string? describedBy = string.Join(' ', Parts(errors)) is { Length: > 0 } ids ? ids : null;
        bool group = Kind is FieldKind.Choices or FieldKind.Checks;

        TagHelperAttribute[] forControl = output.Attributes.Where(a => a.Name is not ("class" or "hidden")).ToArray();
        foreach (TagHelperAttribute attribute in forControl)
        {
            output.Attributes.Remove(attribute);
        }

        output.Become(group ? "fieldset" : "div", errors.Length > 0 ? "field field-wrong" : "field");
        if (group)
        {
            if (describedBy is not null)
            {
                output.Attributes.SetAttribute("aria-describedby", describedBy);
            }

            // The summary's link lands on the group, which then must be able to take the focus.
            output.Attributes.SetAttribute("id", Id);
            output.Attributes.SetAttribute("tabindex", "-1");
        }

        output.Content.AppendHtml(LabelOf(group));
        output.Content.Put(Hint is null ? null : El("div", "form-hint", Hint).With("id", $"{Id}-hint"));
        foreach ((string error, int i) in errors.Select((error, i) => (error, i)))
        {
            output.Content.AppendHtml(
                El("div", "field-error", Icon.Of("alert-circle"), Hidden(T["错误："]), error).With("id", $"{Id}-error-{i}"));
        }

        output.Content.AppendHtml(group ? Group(values, errors.Length > 0) : Single(values, describedBy, errors.Length > 0, forControl));
    }

    private IEnumerable<string> Parts(string[] errors)
    {
        if (Hint is not null)
        {
            yield return $"{Id}-hint";
        }

        for (int i = 0; i < errors.Length; i++)
        {
            yield return $"{Id}-error-{i}";
        }
    }

    private TagBuilder LabelOf(bool group)
    {
        string css = HideLabel ? "visually-hidden" : "form-label";
        TagBuilder label = El(group ? "legend" : "label", css, Label);
        label.InnerHtml.Put(Required ? El("span", "required-mark", "*").With("title", T["必填"]) : null);
        return group ? label : label.With("for", Id);
    }

    private TagBuilder Single(string[] values, string? describedBy, bool wrong, IEnumerable<TagHelperAttribute> extra)
    {
        string value = values.FirstOrDefault() ?? "";
        TagBuilder control = Kind switch
        {
            FieldKind.Select => Select(values),
            FieldKind.Paragraph => El("textarea", "form-control", "\n", value).With("rows", "4"),
            _ => Input(value),
        };
        control.With("id", Id).With("name", FullName).With("aria-describedby", describedBy)
            .With("aria-invalid", wrong ? "true" : null).With("aria-required", Required ? "true" : null);
        foreach (TagHelperAttribute attribute in extra)
        {
            control.With(attribute.Name, attribute.Value?.ToString() ?? attribute.Name);
        }

        string width = Width is null ? "" : $" control-{Width}";
        string? prefix = Prefix;
        string? suffix = Suffix ?? (Kind == FieldKind.Percent ? "%" : Kind == FieldKind.Money ? T["元"] : null);
        if (Kind == FieldKind.Date)
        {
            return El("div", $"control control-date{width}", control, PickDate());
        }

        return El(
            "div",
            $"control{width}",
            prefix is null ? null : El("span", "control-affix", prefix),
            control,
            suffix is null ? null : El("span", "control-affix", suffix));
    }

    // Typed dates are quicker than picked ones; the calendar is there for whoever wants it (calendar.js).
    private TagBuilder PickDate() =>
        El("button", "control-pick", Icon.Of("calendar"), Hidden(T["选择日期：{0}", Label]))
            .With("type", "button").With("data-pick-date", Id).With("hidden", "hidden");

    private TagBuilder Input(string value)
    {
        TagBuilder input = El("input", "form-control").Void().With("value", Kind == FieldKind.Password ? null : value);
        return Kind switch
        {
            FieldKind.Number => input.With("type", "text").With("inputmode", "numeric").With("autocomplete", "off"),
            FieldKind.Money => Amount(input),
            FieldKind.Percent => Amount(input),
            FieldKind.Date => input.With("type", "text").With("inputmode", "numeric").With("autocomplete", "off")
                .With("placeholder", T["年-月-日"]).With("data-date", ""),
            FieldKind.Password => input.With("type", "password"),
            FieldKind.Code => input.With("type", "text").With("inputmode", "numeric").With("autocomplete", "one-time-code")
                .With("maxlength", "8"),
            FieldKind.Search => input.With("type", "search"),
            _ => input.With("type", "text"),
        };
    }

    private TagBuilder Amount(TagBuilder input)
    {
        input.AddCssClass("number");
        return input.With("type", "text").With("inputmode", "decimal").With("autocomplete", "off")
            .With("data-amount", Kind == FieldKind.Money ? "2" : "");
    }

    private TagBuilder Select(string[] values)
    {
        TagBuilder select = El("select", "form-select").Flag("multiple", Multiple);
        if (Combobox)
        {
            select.With("data-combobox", "");
        }

        if (!Multiple)
        {
            select.InnerHtml.AppendHtml(El("option", null, EmptyOption ?? T["请选择"]).With("value", ""));
        }

        foreach (SelectListItem option in Options)
        {
            select.InnerHtml.AppendHtml(
                El("option", null, option.Text).With("value", option.Value).Flag("selected", IsChosen(option, values)).Flag("disabled", option.Disabled));
        }

        return select;
    }

    private TagBuilder Group(string[] values, bool wrong)
    {
        TagBuilder list = El("div", "choices");
        foreach ((SelectListItem option, int i) in Options.Select((option, i) => (option, i)))
        {
            string id = $"{Id}-{i}";
            TagBuilder input = El("input", "form-check-input").Void()
                .With("type", Kind == FieldKind.Choices ? "radio" : "checkbox").With("id", id).With("name", FullName)
                .With("value", option.Value).With("aria-invalid", wrong && Kind == FieldKind.Checks ? "true" : null)
                .Flag("checked", IsChosen(option, values)).Flag("disabled", option.Disabled);
            list.InnerHtml.AppendHtml(El("label", "form-check", input, El("span", "form-check-label", option.Text)).With("for", id));
        }

        return list;
    }

    private static bool IsChosen(SelectListItem option, string[] values) =>
        values.Length == 0 ? option.Selected : values.Contains(option.Value ?? option.Text, StringComparer.Ordinal);

    // What was typed comes back as it was typed, right or wrong; else the model's value in the form of an input.
    private string[] Answers(ModelStateEntry? entry)
    {
        if (entry?.RawValue is not null)
        {
            return entry.RawValue as string[] ?? [entry.AttemptedValue ?? ""];
        }

        return For?.Model switch
        {
            null => Value is null ? [] : [Value],
            string text => [text],
            DateOnly date => [date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
            decimal amount when Kind == FieldKind.Money => [amount.ToString("#,##0.00", CultureInfo.InvariantCulture)],
            Enum one => [one.ToString()],
            bool yes => [yes ? "true" : "false"],
            System.Collections.IEnumerable many => [.. many.Cast<object>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture) ?? "")],
            object other => [Convert.ToString(other, CultureInfo.InvariantCulture) ?? ""],
        };
    }
}
