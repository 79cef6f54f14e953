using FluentValidation;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Pipeline;

public sealed class ValidatorTests
{
    private static readonly string[] OutwardCodes = ["required", "format", "unknown_code", "check_digit", "range", "too_long", "duplicate", "exists"];

    public static TheoryData<Type> Validators => [.. typeof(ApplicationServices).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsClass: true, ContainsGenericParameters: false } && typeof(IValidator).IsAssignableFrom(type)
            && type.GetConstructor(Type.EmptyTypes) is not null)];

    [Theory]
    [MemberData(nameof(Validators))]
    public void Validator_EveryCheck_HasAnOutwardCode(Type type)
    {
        IValidator validator = (IValidator)Activator.CreateInstance(type)!;

        List<string> silent = [.. validator.CreateDescriptor().GetMembersWithValidators()
            .SelectMany(member => member.Select(check => (Field: member.Key, Check: check.Validator.Name, Code: check.Options.ErrorCode)))
            .Where(check => !OutwardCodes.Contains(check.Code))
            .Select(check => $"{check.Field}.{check.Check}: {check.Code ?? "no code"}")];

        silent.ShouldBeEmpty();
    }
}
