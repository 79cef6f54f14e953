using FundPool.Application.Members;
using FundPool.Web.Design.Tags;
using FundPool.Web.Design.Text;

namespace FundPool.Web.Features.Members;

/// <summary>How a bank's status and its changes are written.</summary>
public static class MemberWords
{
    public static (Tone Tone, string Text) MemberState(this IText T, MemberStatus status) => status switch
    {
        MemberStatus.Removed => (Tone.Bad, T["已取消加盟资格"]),
        MemberStatus.Listed => (Tone.Halted, T["严重失信主体名单期间"]),
        _ => (Tone.Good, T["加盟中"]),
    };

    public static (Tone Tone, string Text) StatusChangeState(this IText T, string state) => state switch
    {
        "proposed" => (Tone.Warn, T["待审定"]),
        "decided" => (Tone.Good, T["已审定"]),
        _ => (Tone.Neutral, T["未同意"]),
    };
}
