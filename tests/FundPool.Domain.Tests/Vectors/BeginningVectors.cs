using FundPool.Domain.Kernel;
using Shouldly;
using Xunit;

namespace FundPool.Domain.Tests.Vectors;

public sealed class BeginningVectors
{
    [Theory]
    [InlineData("深圳", 2, "深圳")]
    [InlineData("深圳市", 2, "深圳")]
    [InlineData("深𠮷", 2, "深")]
    [InlineData("深𠮷", 3, "深𠮷")]
    [InlineData("𠮷", 1, "")]
    public void Beginning_AtMostSoManyCharacters_NeverHalfAPair(string text, int most, string beginning)
    {
        Beginning.Of(text, most).ShouldBe(beginning);
    }

    [Fact]
    public void Shown_LongerThanAllowed_EndsWithDots()
    {
        Beginning.Shown("贷款合同编号", 4).ShouldBe("贷款合同…");
        Beginning.Shown("贷款", 4).ShouldBe("贷款");
    }
}
