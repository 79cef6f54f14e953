using FluentValidation;
using FundPool.Application.Pipeline;

namespace FundPool.Application.People;

/// <summary>What an entered name, address and number must look like; the same for people entered by either administrator.</summary>
internal static class PersonRules
{
    public static void AreUserName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Cascade().Matches("^[a-z0-9][a-z0-9._-]{1,30}$").OverridePropertyName("name")
            .Saying("format", "用户名为 2 至 31 位小写字母、数字、点、横线或下划线，例如 zhangwei", "A user name is 2 to 31 small letters, digits, dots, hyphens or underscores, for example zhangwei");

    public static void AreFullName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Cascade().Must(name => name.Trim().Length is > 0 and <= 60 && !name.Any(char.IsControl)).OverridePropertyName("full_name")
            .Saying("required", "请填写姓名，60 字以内", "Enter the name, up to 60 characters");

    public static void AreEmail<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(email => string.IsNullOrWhiteSpace(email) || (email.Length <= 200 && !email.Any(char.IsControl) && System.Text.RegularExpressions.Regex.IsMatch(email.Trim(), @"^[^@\s]+@[^@\s]+\.[^@\s]+$")))
            .OverridePropertyName("email")
            .Saying("format", "电子邮箱格式不正确，例如 zhangwei@bank.example", "The e-mail address is not well-formed; for example zhangwei@bank.example");

    public static void ArePhone<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(phone => string.IsNullOrWhiteSpace(phone) || System.Text.RegularExpressions.Regex.IsMatch(phone.Trim(), "^[+0-9][0-9 -]{5,19}$"))
            .OverridePropertyName("phone")
            .Saying("format", "电话为 6 至 20 位数字，可含空格和横线", "A phone number is 6 to 20 digits, with spaces and hyphens if you like");

    public static void AreReason<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(reason => reason?.Trim().Length is > 0 and <= 500 && !reason.Contains('\0', StringComparison.Ordinal)).OverridePropertyName("reason")
            .Saying("required", "请填写原因，500 字以内", "Enter the reason, up to 500 characters");

    // A missing form field binds to null whatever the type says.
    private static IRuleBuilderOptions<T, string> Cascade<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotNull().Saying("required", "此项必须填写", "This is required");
}
