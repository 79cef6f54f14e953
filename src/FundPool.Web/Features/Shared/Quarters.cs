using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Shared;

/// <summary>How a quarter (year × 10 + quarter) is called: 2026年第1季度.</summary>
public static class Quarters
{
    public static string Quarter(this IText T, int quarter) => T["{0}年第{1}季度", quarter / 10, quarter % 10];
}
