namespace FundPool.Domain.Kernel;

/// <summary>What is wrong with one field of what someone gave us.</summary>
/// <param name="Field">The field's name, as the giver knows it.</param>
/// <param name="Code">One of the codes of the outward contract: required, format, unknown_code, check_digit, range, too_long, duplicate, exists, or the code of a condition.</param>
/// <param name="Message">What to tell the giver.</param>
public sealed record Problem(string Field, string Code, Words Message);
