using FundPool.Domain.Kernel;

namespace FundPool.Domain.Tenancy;

/// <summary>Who entered or edited something can't be the one who approves it (domain.md section 1), checked at the moment of approval against everybody who had a hand in it.</summary>
public static class FourEyes
{
    /// <summary>The rule's no for whoever had a hand in it; null for anybody else.</summary>
    public static Refusal? WhyNot(int person, IEnumerable<int> hands, string article) => hands.Contains(person)
        ? new Refusal(new Article(article), new Words("您录入或修改过该项内容，须由另一人审核", "You entered or edited this; another person must approve it"))
        : null;
}
