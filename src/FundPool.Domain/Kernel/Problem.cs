namespace FundPool.Domain.Kernel;

/// <summary>What is wrong with one field of what someone gave us.</summary>
/// <param name="Field">The field's outward name.</param>
/// <param name="Code">One of contract.md's codes: required, format, unknown_code, check_digit, range, too_long, duplicate, exists, or a condition's code.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
public sealed record Problem(string Field, string Code, Words Message);
