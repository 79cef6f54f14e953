using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FundPool.Application;
using FundPool.Data;
using FundPool.Domain.Kernel;
using Shouldly;
using Xunit;

namespace FundPool.Architecture.Tests;

/// <summary>Arrows point one way: Web and Cli → Application → Data → Domain → nothing.</summary>
public sealed partial class RoomTests
{
    private static readonly Assembly Domain = typeof(Money).Assembly;
    private static readonly Assembly Data = typeof(FundPoolDb).Assembly;
    private static readonly Assembly UseCases = typeof(ApplicationServices).Assembly;

    [Theory]
    [InlineData("FundPool.Domain", "")]
    [InlineData("FundPool.Data", "FundPool.Domain")]
    [InlineData("FundPool.Application", "FundPool.Data")]
    [InlineData("FundPool.Web", "FundPool.Application")]
    [InlineData("FundPool.Cli", "FundPool.Application")]
    public void Project_AsItIsWritten_RefersToTheRoomBelowAlone(string project, string below)
    {
        string[] references = [.. XDocument.Parse(Tree.Read($"src/{project}/{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];

        references.ShouldBe(below.Length == 0 ? [] : [below]);
    }

    [Fact]
    public void Compiled_Rooms_KnowNothingAboveThem()
    {
        Rooms(Domain).ShouldBeEmpty();
        Rooms(Data).ShouldBeSubsetOf(["FundPool.Domain"]);
        Rooms(UseCases).ShouldBe(["FundPool.Data", "FundPool.Domain"]);
        Rooms(Assembly.Load("FundPool.Web")).ShouldNotContain("fundpool-cli");
        Rooms(Assembly.Load("fundpool-cli")).ShouldNotContain("FundPool.Web");
    }

    [Fact]
    public void Domain_Compiled_UsesTheFrameworkAlone()
    {
        string[] foreign = [.. Domain.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("System" or "netstandard" or "mscorlib"))];

        foreign.ShouldBeEmpty();
        XDocument.Parse(Tree.Read("src/FundPool.Domain/FundPool.Domain.csproj")).Descendants("PackageReference").ShouldBeEmpty();
    }

    [Fact]
    public void Domain_Compiled_WaitsForNothing()
    {
        string[] waiting = [.. from type in Domain.GetTypes()
                               from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                               where typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal)
                                   || method.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken))
                               select $"{type.FullName}.{method.Name}"];

        waiting.ShouldBeEmpty();
    }

    [Fact]
    public void Domain_AsItIsWritten_AsksNoClockNoFileNoEnvironmentNoChance()
    {
        Tree.Under("src/FundPool.Domain", ".cs").Find(OutsideWorld()).ShouldBeEmpty();
    }

    [Fact]
    public void Domain_AsItIsBuilt_ChecksItsArithmetic()
    {
        Tree.Read("src/FundPool.Domain/FundPool.Domain.csproj").ShouldContain("<CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>");
    }

    [Fact]
    public void Domain_Engine_NamesNoCity()
    {
        // Rulebooks are data: a city stands in their names and in the facts, never in what computes.
        Tree.Under("src/FundPool.Domain", ".cs").Where(file => !CityIsData.Contains(file.Path)).Find(City()).ShouldBeEmpty();
    }

    // The example of a borrower's name in the template.
    private static readonly string[] CityIsData = ["src/FundPool.Domain/Loans/LoanFields.cs"];

    [GeneratedRegex(@"\b(TimeProvider|Environment\.|File\.|Directory\.|HttpClient|Random\b|Guid\.NewGuid|Console\.|Thread\.|DateTime\.(Utc)?Now|DateTimeOffset\.(Utc)?Now)")]
    private static partial Regex OutsideWorld();

    [GeneratedRegex("^(?!\\s*//).*(shenzhen|深圳)", RegexOptions.IgnoreCase)]
    private static partial Regex City();

    private static string[] Rooms(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => name.StartsWith("FundPool.", StringComparison.Ordinal) || name == "fundpool-cli").Order(StringComparer.Ordinal)];
}
