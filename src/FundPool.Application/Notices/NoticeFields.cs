using FluentValidation;
using FundPool.Application.Pipeline;

namespace FundPool.Application.Notices;

/// <summary>What an officer writes into a notice.</summary>
public sealed record NoticeFields(string? Title, string? Basis, string? Consult, string? Object, int? WorkingDays);

/// <summary>The checks of those fields, for every use case that takes them.</summary>
public sealed class NoticeFieldsValidator : AbstractValidator<NoticeFields>
{
    public NoticeFieldsValidator()
    {
        RuleFor(fields => fields.Title).NotEmpty().MaximumLength(200).OverridePropertyName("title")
            .Saying("required", "请填写公示标题，200 字以内", "Write the title, up to 200 characters");
        RuleFor(fields => fields.Basis).NotEmpty().MaximumLength(1000).OverridePropertyName("basis")
            .Saying("required", "请填写公示依据，例如管理细则的名称和条款", "Write what the notice rests on");
        RuleFor(fields => fields.Consult).NotEmpty().MaximumLength(500).OverridePropertyName("consult")
            .Saying("required", "请填写业务咨询处室、电话和地址", "Write the office for questions, its telephone and address");
        RuleFor(fields => fields.Object).NotEmpty().MaximumLength(500).OverridePropertyName("object")
            .Saying("required", "请填写异议受理处室、电话和地址", "Write the office for objections, its telephone and address");
        RuleFor(fields => fields.WorkingDays).NotNull().InclusiveBetween(7, 60).OverridePropertyName("working_days")
            .Saying("range", "公示期不少于 7 个工作日，最多 60 个", "The period is at least 7 working days, at most 60");
    }
}
