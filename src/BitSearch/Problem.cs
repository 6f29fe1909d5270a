namespace BitSearch;

/// <summary>One mistake in something a person gave us: where it is, what is wrong, and what would be right.</summary>
/// <param name="Place">File, line, field or path, as the person would look it up.</param>
/// <param name="Wrong">What is wrong, with the offending value.</param>
/// <param name="Right">What would be right.</param>
public sealed record Problem(string Place, string Wrong, string Right)
{
    /// <summary>The one-line form <c>place: what is wrong; what would be right</c>.</summary>
    public override string ToString() => $"{Place}: {Wrong}; {Right}";
}
