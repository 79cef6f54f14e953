using System.Text.RegularExpressions;

namespace FundPool.Architecture.Tests;

/// <summary>The files of the repository as they are written, for rules that no type can tell.</summary>
internal static class Tree
{
    private static readonly string[] Made = ["bin", "obj", "node_modules", "wwwroot", ".git", ".data", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>One written file, with its path from the root in forward slashes.</summary>
    public sealed record Written(string Path, string Text)
    {
        public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

        public IEnumerable<(int Number, string Text)> Lines => Text.Split('\n').Select((line, i) => (i + 1, line.TrimEnd('\r')));
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IReadOnlyList<Written> Under(string folder, params string[] endings) =>
        [.. Walk(new DirectoryInfo(Path.Combine(Root, folder)))
            .Where(file => endings.Contains(file.Extension, StringComparer.Ordinal))
            .Select(file => new Written(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>Where a pattern stands: <c>path:line: text</c>.</summary>
    public static IReadOnlyList<string> Find(this IEnumerable<Written> files, Regex pattern) =>
        [.. from file in files
            from line in file.Lines
            where pattern.IsMatch(line.Text)
            select $"{file.Path}:{line.Number}: {line.Text.Trim()}"];

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(inner => !Made.Contains(inner.Name)).SelectMany(Walk));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FundPool.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("These tests read the source tree; run them from a checkout.");
    }
}
