using FundPool.Web.Design.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace FundPool.Web.Design.Forms;

/// <summary>What a form says when a value can't even be read, before any rule is asked.</summary>
internal static class BindingMessages
{
    private static readonly PortalText T = new();

    public static void Configure(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => T["“{0}”的格式不正确，请检查后重新填写", value]);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => T["“{0}”的格式不正确，请检查后重新填写", value]);
        messages.SetValueIsInvalidAccessor(value => T["“{0}”的格式不正确，请检查后重新填写", value]);
        messages.SetUnknownValueIsInvalidAccessor(_ => T["填写的内容格式不正确"]);
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => T["填写的内容格式不正确"]);
        messages.SetValueMustBeANumberAccessor(_ => T["请填写数字"]);
        messages.SetNonPropertyValueMustBeANumberAccessor(() => T["请填写数字"]);
        messages.SetValueMustNotBeNullAccessor(_ => T["此项必须填写"]);
        messages.SetMissingBindRequiredValueAccessor(_ => T["此项必须填写"]);
        messages.SetMissingKeyOrValueAccessor(() => T["此项必须填写"]);
        messages.SetMissingRequestBodyRequiredValueAccessor(() => T["请求没有内容"]);
    }
}
