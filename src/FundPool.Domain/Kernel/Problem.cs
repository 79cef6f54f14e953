namespace FundPool.Domain.Kernel;

/// <summary>What is wrong with one field of what someone gave us. Code is one of contract.md's codes (required, format, unknown_code, check_digit, range, too_long, duplicate, exists, + condition codes).</summary>
public sealed record Problem(string Field, string Code, Words Message);
