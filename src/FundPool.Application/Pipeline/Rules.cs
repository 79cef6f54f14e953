using FluentValidation;
using FluentValidation.Internal;
using FundPool.Domain.Kernel;

namespace FundPool.Application.Pipeline;

/// <summary>Validation messages in both languages, with the outward code.</summary>
public static class Rules
{
    /// <summary>
    /// The sentence and code of every check before it in the chain that has none of its own. FluentValidation's WithMessage alone
    /// would reach the last check only and leave the others to its English defaults.
    /// </summary>
    public static IRuleBuilderOptions<T, TProperty> Saying<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string code, string zh, string en)
    {
        foreach (IRuleComponent<T, TProperty> check in DefaultValidatorOptions.Configurable(rule).Components.OfType<IRuleComponent<T, TProperty>>().Where(check => check.ErrorCode is null))
        {
            check.ErrorCode = code;
            check.SetErrorMessage(zh);
            check.CustomStateProvider = (_, _) => new Words(zh, en);
        }

        return rule;
    }
}
