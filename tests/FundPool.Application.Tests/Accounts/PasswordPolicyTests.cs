using FundPool.Application.Accounts;
using FundPool.Data.Tenancy;
using Shouldly;
using Xunit;

namespace FundPool.Application.Tests.Accounts;

public sealed class PasswordPolicyTests
{
    private static readonly Person Zhang = new()
    {
        UserName = "zhangwei@b001", NormalizedUserName = "ZHANGWEI@B001", FullName = "张伟", SecurityStamp = "", ConcurrencyStamp = "",
    };

    private static readonly Organisation Bank = new() { Kind = "bank", Code = "B001", Name = "甲银行" };

    [Theory]
    [InlineData("Qing-shan-88-lv", "")]
    [InlineData("青山不改绿水长流Aa1", "")]
    [InlineData("K7!mQ2x_9p", "")]
    [InlineData("K7!mQ2x_9", "range")]
    [InlineData("abcdefghij1", "format")]
    [InlineData("ABCDEFGHIJ1", "format")]
    [InlineData("Password2024!", "format")]
    [InlineData("P@ssw0rd2024", "format")]
    [InlineData("Qwertyuiop123", "format")]
    [InlineData("Aa1Aa1Aa1Aa1", "format")]
    [InlineData("Zhangwei@2026", "format")]
    [InlineData("ZhangWei-B001", "format")]
    [InlineData("FundPool#2026", "format")]
    [InlineData("甲银行张伟Aa1!x", "format")]
    [InlineData("Shenzhen@518", "format")]
    public void Check_UnderDengBao_FindsTheFirstFault(string password, string code) =>
        FirstFault(new PasswordPolicy(new AccountOptions()).Check(password, Zhang, Bank)).ShouldBe(code);

    [Theory]
    [InlineData("qingshanlvshui", "")]
    [InlineData("iloveyou", "range")]
    [InlineData("iloveyou12", "format")]
    public void Check_UnderAsvs_AsksForNoMixture(string password, string code) =>
        FirstFault(new PasswordPolicy(new AccountOptions { Profile = PasswordProfile.Asvs }).Check(password, Zhang, Bank)).ShouldBe(code);

    [Theory]
    [InlineData(128, "")]
    [InlineData(129, "too_long")]
    public void Check_AtTheGreatestLength_TakesIt(int length, string code)
    {
        string password = string.Concat(Enumerable.Range(0, length).Select(i => "Xk7-bQ"[i % 6]));

        FirstFault(new PasswordPolicy(new AccountOptions()).Check(password, Zhang, Bank)).ShouldBe(code);
    }

    [Theory]
    [InlineData(PasswordProfile.DengBao, 89, false)]
    [InlineData(PasswordProfile.DengBao, 90, true)]
    [InlineData(PasswordProfile.Asvs, 900, false)]
    public void IsExpired_AfterNinetyDays_OnlyUnderDengBao(PasswordProfile profile, int days, bool expired)
    {
        DateTimeOffset now = new(2026, 3, 18, 1, 0, 0, TimeSpan.Zero);
        Person person = new()
        {
            UserName = "a", NormalizedUserName = "A", FullName = "甲", SecurityStamp = "", ConcurrencyStamp = "", PasswordSetAt = now.UtcDateTime.AddDays(-days),
        };

        new PasswordPolicy(new AccountOptions { Profile = profile }).IsExpired(person, now).ShouldBe(expired);
    }

    private static string FirstFault(IReadOnlyList<FundPool.Domain.Kernel.Problem> problems) => problems.Count == 0 ? "" : problems[0].Code;
}
