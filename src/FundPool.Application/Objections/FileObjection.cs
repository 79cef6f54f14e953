using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using FundPool.Application.Documents;
using FundPool.Application.Files;
using FundPool.Application.Notices;
using FundPool.Application.Pipeline;
using FundPool.Application.Ports;
using FundPool.Application.Reference;
using FundPool.Data;
using FundPool.Domain.Facts;
using FundPool.Domain.Kernel;
using FundPool.Domain.Tenancy;
using MediatR;
using Npgsql;
using NpgsqlTypes;

namespace FundPool.Application.Objections;

/// <summary>
/// Anybody objects to an item of a running notice, reports an applicant or complains about staff. Whoever does not say who they are is
/// turned away before anything is kept; who they are only the authority sees.
/// </summary>
public static partial class FileObjection
{
    private const string NoAnonymous = "匿名不予受理：";

    /// <param name="FormKey">Of the form that was opened; the same form sent again is the same objection.</param>
    /// <param name="Caller">Where it comes from; kept as a keyed digest alone, for the limits.</param>
    [Requires(Permission.Public)]
    [UnderArticle("20(2)")]
    public sealed record Command(string Pool, string Kind, long? Notice, int? Item, ObjectionFields Fields, Guid FormKey, string Caller, Stream Content, string FileName) : IRequest<Outcome<Answer>>, IPublicPage;

    /// <param name="Receipt">What to quote later; null where a limit was reached.</param>
    /// <param name="RetryAt">From when a further one is let in.</param>
    public sealed record Answer(string? Receipt, DateTime? RetryAt);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Kind).Must(kind => ObjectionKinds.Kinds.Any(known => known.Code == kind)).OverridePropertyName("kind")
                .Saying("unknown_code", "请从公示页面进入", "Come here from the page of the notice");
            RuleFor(command => command.Item).NotNull().When(command => command.Kind == ObjectionKinds.Objection).OverridePropertyName("item")
                .Saying("required", "请选择有异议的公示项目", "Choose the item that you object to");
            RuleFor(command => command.Fields.About).NotEmpty().MaximumLength(200).When(command => command.Kind != ObjectionKinds.Objection).OverridePropertyName("about")
                .Saying("required", "请写明举报的企业或者投诉的单位、人员，200 字以内", "Name the applicant, or the office or person, up to 200 characters");
            RuleFor(command => command.Fields.Content).NotEmpty().Length(10, 2000).OverridePropertyName("content")
                .Saying("required", "请写明具体事实和依据，10 至 2000 字", "Give the facts and what they rest on, 10 to 2000 characters");
            RuleFor(command => command.Fields.Name).NotEmpty().MaximumLength(60).OverridePropertyName("name")
                .Saying("required", NoAnonymous + "请填写真实姓名（单位填写联系人姓名）", "Nothing anonymous is taken: give your name (for a unit, of the person to ask)");
            RuleFor(command => command.Fields.Phone).Must(phone => PhoneNumber().IsMatch(Digits(phone))).OverridePropertyName("phone")
                .Saying("format", NoAnonymous + "请填写能联系到您的手机或固定电话（固定电话含区号），例如 13800138000", "Nothing anonymous is taken: give a telephone number on which you can be reached, such as 13800138000");
            RuleFor(command => command.Fields.Address).NotEmpty().MaximumLength(200).OverridePropertyName("address")
                .Saying("required", NoAnonymous + "请填写联系地址，200 字以内", "Nothing anonymous is taken: give an address, up to 200 characters");
            RuleFor(command => command.Fields.Unit).NotEmpty().MaximumLength(200).When(command => command.Fields.IsUnit).OverridePropertyName("unit")
                .Saying("required", "请填写单位名称，200 字以内", "Give the unit's name, up to 200 characters");
            RuleFor(command => command.Fields.UnitCode).Must(code => CreditCode.Test((code ?? "").Trim().ToUpperInvariant()) == IdentityFault.None).When(command => command.Fields.IsUnit).OverridePropertyName("unit_code")
                .Saying("check_digit", "请填写正确的 18 位统一社会信用代码", "Give the unit's credit code of 18 characters");
            RuleFor(command => command.Content.Length).InclusiveBetween(0, AttachDocument.LargestFile).OverridePropertyName("file")
                .Saying("range", "附件请在 20 MB 以内", "An attachment has at most 20 MB");
            RuleFor(command => command).Must(command => command.Content.Length == 0 || DocumentType.Of(command.Content) is not null).OverridePropertyName("file")
                .Saying("format", "附件只接受 PDF、JPG、PNG、Word（.docx）和 Excel（.xlsx）文件，且内容须与格式相符", "Only PDF, JPG, PNG, Word (.docx) and Excel (.xlsx) files are taken, and the content must be of that form");
        }
    }

    internal sealed class Handler(FundPoolDb db, RuleSource rules, FrozenPapers papers, IPersonalNumbers numbers, IVirusScanner scanner) : IRequestHandler<Command, Outcome<Answer>>
    {
        public async Task<Outcome<Answer>> Handle(Command command, CancellationToken cancellationToken)
        {
            if (await db.PublicPoolAsync(command.Pool, cancellationToken) is null)
            {
                return default(NotFound);
            }

            bool objects = command.Kind == ObjectionKinds.Objection;
            if (objects)
            {
                Outcome<ShowPublicNotice.Answer> shown = await new ShowPublicNotice.Handler(db, papers).Handle(new ShowPublicNotice.Query(command.Pool, command.Notice ?? 0), cancellationToken);
                if (!shown.Succeeded)
                {
                    return default(NotFound);
                }

                if (shown.Value.State != "published" || shown.Value.EndsOn < rules.Today)
                {
                    return new Refusal(new Article("20(2)"), new Words("公示期已满或公示已被更正，不再受理对本公示的异议；如发现违规线索，可以举报", "The period is over or the notice was corrected, so objections to it are not taken any more; you may still report what you know"));
                }

                if (!shown.Value.Content.Items.Any(item => item.N == command.Item))
                {
                    return new Problem("item", "unknown_code", new Words("本公示没有这个项目；请重新选择", "The notice has no such item; choose again"));
                }
            }

            if (command.Content.Length > 0 && await scanner.WhyNotAsync(command.Content, cancellationToken) is { } harmful)
            {
                return harmful;
            }

            return await KeepAsync(command, objects, cancellationToken);
        }

        private async Task<Answer> KeepAsync(Command command, bool objects, CancellationToken ct)
        {
            ObjectionFields fields = command.Fields;
            (string phoneKey, byte[] cipher) = numbers.Protect(Digits(fields.Phone));
            DocumentType? type = command.Content.Length > 0 ? DocumentType.Of(command.Content) : null;
            string form = JsonSerializer.Serialize(new
            {
                formKey = command.FormKey,
                kind = command.Kind,
                notice = objects ? command.Notice : null,
                item = objects ? command.Item : null,
                about = objects ? null : fields.About!.Trim(),
                content = fields.Content!.Trim(),
                isUnit = fields.IsUnit,
                name = fields.Name!.Trim(),
                unit = fields.IsUnit ? fields.Unit!.Trim() : null,
                unitCode = fields.IsUnit ? fields.UnitCode!.Trim().ToUpperInvariant() : null,
                phoneKey,
                address = fields.Address!.Trim(),
                addressKey = numbers.Protect(command.Caller).Key,
                fileType = type?.ContentType,
                fileName = type?.Rename(command.FileName),
            });
            await using NpgsqlCommand keep = new("select receipt, retry_at from compensation.file_objection($1, $2, $3)", db.Connection);
            keep.Parameters.Add(new NpgsqlParameter { Value = form, NpgsqlDbType = NpgsqlDbType.Jsonb });
            keep.Parameters.Add(new NpgsqlParameter { Value = cipher, NpgsqlDbType = NpgsqlDbType.Bytea });
            keep.Parameters.Add(new NpgsqlParameter { Value = type is null ? DBNull.Value : await BytesAsync(command.Content, ct), NpgsqlDbType = NpgsqlDbType.Bytea });
            await using NpgsqlDataReader reader = await keep.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            return new Answer(await reader.IsDBNullAsync(0, ct) ? null : reader.GetString(0), await reader.IsDBNullAsync(1, ct) ? null : reader.GetDateTime(1));
        }

        private static async Task<byte[]> BytesAsync(Stream content, CancellationToken ct)
        {
            byte[] bytes = new byte[content.Length];
            content.Position = 0;
            await content.ReadExactlyAsync(bytes, ct);
            return bytes;
        }
    }

    /// <summary>A telephone number as it is compared: digits alone, without spaces, hyphens and the country's code.</summary>
    internal static string Digits(string? phone)
    {
        string digits = string.Concat((phone ?? "").Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        return digits.Length > 11 && digits.StartsWith("86", StringComparison.Ordinal) ? digits[2..] : digits;
    }

    [GeneratedRegex("^(1[3-9][0-9]{9}|0[1-9][0-9]{8,10})$")]
    private static partial Regex PhoneNumber();
}

/// <summary>What is typed into the public form.</summary>
public sealed record ObjectionFields(bool IsUnit, string? Name, string? Unit, string? UnitCode, string? Phone, string? Address, string? About, string? Content);
