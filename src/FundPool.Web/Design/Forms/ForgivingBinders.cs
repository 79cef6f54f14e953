using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;

namespace FundPool.Web.Design.Forms;

/// <summary>
/// Reads dates and amounts as clerks write and paste them: 20260331, 2026/3/31, 2026年3月31日, ４５００，０００.００,
/// " 4,500,000.00 ". What it can't read stays in the field with a sentence at it. Texts lose the character NUL, which nobody types and
/// PostgreSQL does not store.
/// </summary>
internal sealed class ForgivingBinders : IModelBinderProvider
{
    private static readonly string[] DateForms =
        ["yyyy-M-d", "yyyyMMdd", "yyyy/M/d", "yyyy.M.d", "yyyy'年'M'月'd'日'"];

    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        Type type = context.Metadata.UnderlyingOrModelType;
        return type == typeof(DateOnly) ? new Binder(text => Date(text))
            : type == typeof(decimal) ? new Binder(text => Amount(text))
            : type == typeof(string) && IsTyped(context.BindingInfo) ? new TextBinder(new SimpleTypeModelBinder(type, context.Services.GetRequiredService<ILoggerFactory>()))
            : null;
    }

    private static bool IsTyped(BindingInfo binding) =>
        binding.BinderType is null && (binding.BindingSource is not { } source || source.CanAcceptDataFrom(BindingSource.Form)
            || source.CanAcceptDataFrom(BindingSource.Query) || source.CanAcceptDataFrom(BindingSource.Path) || source.CanAcceptDataFrom(BindingSource.ModelBinding));

    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(Clean(text), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : null;

    public static decimal? Amount(string text) =>
        decimal.TryParse(
            Clean(text).Replace(",", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out decimal amount)
            ? amount
            : null;

    // Full-width digits and commas become plain ones (NFKC); no-break and zero-width spaces go.
    private static string Clean(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c is not ('\u200B' or '\uFEFF')));

    private sealed class TextBinder(SimpleTypeModelBinder plain) : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext context)
        {
            await plain.BindModelAsync(context);
            if (context.Result is { IsModelSet: true, Model: string text } && text.Contains('\0', StringComparison.Ordinal))
            {
                context.Result = ModelBindingResult.Success(text.Replace("\0", "", StringComparison.Ordinal));
            }
        }
    }

    private sealed class Binder(Func<string, object?> read) : IModelBinder
    {
        public Task BindModelAsync(ModelBindingContext context)
        {
            ValueProviderResult given = context.ValueProvider.GetValue(context.ModelName);
            if (given == ValueProviderResult.None)
            {
                return Task.CompletedTask;
            }

            context.ModelState.SetModelValue(context.ModelName, given);
            string text = given.FirstValue ?? "";
            if (string.IsNullOrWhiteSpace(text))
            {
                if (context.ModelMetadata.IsReferenceOrNullableType)
                {
                    context.Result = ModelBindingResult.Success(null);
                }
                else
                {
                    context.ModelState.TryAddModelError(
                        context.ModelName,
                        context.ModelMetadata.ModelBindingMessageProvider.ValueMustNotBeNullAccessor(text));
                }
            }
            else if (read(text) is { } value)
            {
                context.Result = ModelBindingResult.Success(value);
            }
            else
            {
                context.ModelState.TryAddModelError(
                    context.ModelName,
                    context.ModelMetadata.ModelBindingMessageProvider.AttemptedValueIsInvalidAccessor(text, context.FieldName));
            }

            return Task.CompletedTask;
        }
    }
}
