using FluentValidation;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Pipeline;

/// <summary>Validation messages in both languages, with the outward code.</summary>
public static class Rules
{
    public static IRuleBuilderOptions<T, TProperty> Saying<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string code, string zh, string en) =>
        rule.WithErrorCode(code).WithMessage(zh).WithState(_ => new Words(zh, en));
}
