namespace FundPool.Domain.Kernel;

/// <summary>Where in a rulebook a figure or a sentence comes from, for example <c>16(2)</c> or <c>21, 34</c>.</summary>
/// <param name="Code">Numbers of articles with items in brackets; several joined by a comma.</param>
public readonly record struct Article(string Code)
{
    /// <summary>As an official writes it: 第16条第(2)项.</summary>
    public string Zh => string.Join("、", Parts().Select(ZhOf));

    /// <summary>As the English pages write it: a.16(2).</summary>
    public string En => string.Join(", ", Parts().Select(part => "a." + part));

    /// <summary>Both languages at once.</summary>
    public Words Words => new(Zh, En);

    /// <inheritdoc/>
    public override string ToString() => Code;

    private string[] Parts() => Code.Split(", ");

    private static string ZhOf(string part)
    {
        int bracket = part.IndexOf('(', StringComparison.Ordinal);
        return bracket < 0 ? $"第{part}条" : $"第{part[..bracket]}条第{part[bracket..]}项";
    }
}
