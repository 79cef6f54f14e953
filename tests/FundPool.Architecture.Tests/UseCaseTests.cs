using System.Reflection;
using System.Text.RegularExpressions;
using FundPool.Application;
using FundPool.Application.Pipeline;
using Shouldly;
using Xunit;

namespace FundPool.Architecture.Tests;

/// <summary>One use case, one file, one name, one permission.</summary>
public sealed partial class UseCaseTests
{
    public static TheoryData<Type> Requests => [.. ApplicationServices.Requests()];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Request_Always_NamesItsPermission(Type request)
    {
        request.GetCustomAttribute<RequiresAttribute>().ShouldNotBeNull($"{request.FullName} needs [Requires(…)]");
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Request_Always_IsTheCommandOrQueryOfAStaticClassWithItsFilesName(Type request)
    {
        Type? useCase = request.DeclaringType;

        useCase.ShouldNotBeNull();
        (useCase is { IsAbstract: true, IsSealed: true }).ShouldBeTrue($"{useCase.FullName} is not a static class");
        request.Name.ShouldBeOneOf("Command", "Query");
        string capability = useCase.Namespace!["FundPool.Application.".Length..];
        File.Exists(Path.Combine(Tree.Root, "src/FundPool.Application", capability, useCase.Name + ".cs"))
            .ShouldBeTrue($"{useCase.FullName} does not stand in src/FundPool.Application/{capability}/{useCase.Name}.cs");
    }

    [Fact]
    public void File_OfUseCases_HoldsOneAlone()
    {
        string[] crowded = [.. from file in Tree.Under("src/FundPool.Application", ".cs")
                               let handlers = HandlerClass().Count(file.Text)
                               where handlers > 1
                               select $"{file.Path}: {handlers} handlers"];

        crowded.ShouldBeEmpty();
    }

    [Fact]
    public void UseCase_ByName_StandsOnce()
    {
        string[] twice = [.. ApplicationServices.Requests().Select(request => request.DeclaringType!).Distinct()
            .GroupBy(useCase => useCase.Name).Where(same => same.Count() > 1).Select(same => same.Key)];

        twice.ShouldBeEmpty();
    }

    [Fact]
    public void Action_ThatSendsAUseCase_BearsItsName()
    {
        string[] names = [.. ApplicationServices.Requests().Select(request => request.DeclaringType!.Name).Distinct()];
        List<string> wrong = [];
        foreach (Tree.Written controller in Tree.Under("src/FundPool.Web/Features", ".cs").Where(file => file.Name.EndsWith("Controller", StringComparison.Ordinal)))
        {
            // The page of a form and the form itself bear one name; what the page reads to show itself is its own affair.
            foreach (IGrouping<string, Match> action in ActionBody().Matches(controller.Text).GroupBy(match => match.Groups["name"].Value))
            {
                string[] sent = [.. action.SelectMany(body => Sent().Matches(body.Groups["body"].Value)).Select(match => match.Groups[1].Value).Where(names.Contains).Distinct()];
                if (sent.Length > 0 && !sent.Contains(action.Key) && !OtherwiseNamed.ContainsKey($"{controller.Name}.{action.Key}"))
                {
                    wrong.Add($"{controller.Path}: {action.Key} sends {string.Join(", ", sent)}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void View_Always_BearsTheNameOfAnActionBesideIt()
    {
        string[] stray = [.. from view in Tree.Under("src/FundPool.Web/Features", ".cshtml")
                             let capability = view.Path.Split('/')[3]
                             where capability != "Shared" && !view.Name.StartsWith('_') && !SecondPages.Contains(view.Path)
                             let controllers = Tree.Under($"src/FundPool.Web/Features/{capability}", ".cs")
                             where !controllers.Any(file => Regex.IsMatch(file.Text, $@"\b{view.Name}\(|""{view.Name}""|View\(nameof\({view.Name}\)"))
                             select view.Path];

        stray.ShouldBeEmpty();
    }

    // What was typed into RegisterLoan or EditLoan, ruled and shown before it is kept.
    private static readonly string[] SecondPages = ["src/FundPool.Web/Features/Loans/CheckLoan.cshtml"];

    /// <summary>Actions whose page is more than its use case, each with the reason.</summary>
    private static readonly Dictionary<string, string> OtherwiseNamed = new()
    {
        ["AccountController.RenewRecoveryCodesNow"] = "the button of the page RenewRecoveryCodes",
        ["ClaimFormController.CheckClaim"] = "the page that checks the answers before SendToChecker",
        ["ClaimsController.SubmitClaims"] = "SubmitClaim for each of those chosen, each with its own outcome",
        ["HomeController.ShowHome"] = "gathers what several use cases say",
        ["ImportsController.ShowProgress"] = "the part of the page ShowImport that renews itself",
        ["LoanFormController.ConfirmRegistration"] = "the second page of RegisterLoan; the first checks what was typed",
        ["PublicObjectionsController.ShowReceipt"] = "the page after FileObjection, with the number that it gave",
        ["SignInController.DemonstrationCode"] = "a part of a step of signing in",
        ["SignInController.Password"] = "a step of signing in; the path decides which use case follows",
        ["SignInController.Code"] = "a step of signing in",
        ["SignInController.NewPassword"] = "a step of signing in",
        ["SignInController.Enrol"] = "a step of signing in",
        ["SignInController.OtherSession"] = "a step of signing in",
        ["SignInController.EndOther"] = "a step of signing in",
        ["SignInController.Demonstration"] = "a step of signing in",
        ["SignOutController.SignOut"] = "leaving by the menu; the session's own page ends others",
    };

    [GeneratedRegex(@"\bclass\s+Handler\b")]
    private static partial Regex HandlerClass();

    [GeneratedRegex(@"public\s+(?:async\s+)?(?:Task<)?I?ActionResult>?\s+(?<name>\w+)\([^{;]*?\)\s*(?:=>(?<body>.*?);\r?\n|\{(?<body>.*?)\r?\n    \})", RegexOptions.Singleline)]
    private static partial Regex ActionBody();

    [GeneratedRegex(@"\bnew\s+(\w+)\.(?:Command|Query)\b")]
    private static partial Regex Sent();
}
