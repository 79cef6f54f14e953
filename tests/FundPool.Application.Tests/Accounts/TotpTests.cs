using System.Text;
using FundPool.Application.Accounts;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Accounts;

/// <summary>RFC 6238 appendix B (SHA-1), the last six digits; and the forms secrets take.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59L, "287082")]
    [InlineData(1111111109L, "081804")]
    [InlineData(1111111111L, "050471")]
    [InlineData(1234567890L, "005924")]
    [InlineData(2000000000L, "279037")]
    [InlineData(20000000000L, "353130")]
    public void Code_AtTheMomentsOfTheRfc_IsAsPrinted(long second, string code) =>
        Totp.Code(Key, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(second))).ShouldBe(code);

    [Theory]
    [InlineData("287082", 1L)]
    [InlineData(" 287 082 ", 1L)]
    [InlineData("755224", 0L)]
    [InlineData("359152", null)]
    [InlineData("28708", null)]
    [InlineData("", null)]
    [InlineData("abcdef", null)]
    public void Match_TypedInTheSecondStep_TakesThisOneAndTheOneBefore(string typed, long? step) =>
        Totp.Match(Key, typed, DateTimeOffset.FromUnixTimeSeconds(59)).ShouldBe(step);

    [Fact]
    public void Uri_ForAPhone_NamesIssuerAccountAndKey() =>
        Totp.Uri("FundPool 资金池", "zhangwei@b001", "MZXW6YTBOI").ShouldBe(
            "otpauth://totp/FundPool%20%E8%B5%84%E9%87%91%E6%B1%A0:zhangwei%40b001?secret=MZXW6YTBOI&issuer=FundPool%20%E8%B5%84%E9%87%91%E6%B1%A0&algorithm=SHA1&digits=6&period=30");

    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_TheVectorsOfRfc4648_GoBothWays(string text, string base32)
    {
        Secrets.ToBase32(Encoding.ASCII.GetBytes(text)).ShouldBe(base32);
        Encoding.ASCII.GetString(Secrets.FromBase32(base32)).ShouldBe(text);
    }

    [Fact]
    public void Secrets_Made_HaveTheLengthTheyPromise()
    {
        Secrets.SessionToken().Length.ShouldBe(43);
        Secrets.AuthenticatorKey().Length.ShouldBe(32);
        Secrets.RecoveryCode().ShouldMatch("^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$");
        Secrets.FirstSecret().ShouldMatch("^([A-HJKMNP-TV-Z2-9]{4}-){3}[A-HJKMNP-TV-Z2-9]{4}$");
    }

    [Fact]
    public void RecoveryCode_TypedSloppily_IsTheSame() =>
        Secrets.Plain(" abcd efgh-ijkl ").ShouldBe("ABCDEFGHIJKL");
}
