namespace BitSearch.Cli.Plans;

/// <summary>A piece of a YAML document with its line: every key is kept, also one given twice.</summary>
/// <param name="Line">From 1.</param>
internal abstract record PlanNode(int Line)
{
    /// <summary>What it is, for people.</summary>
    public abstract string Kind { get; }

    /// <summary>A text, number or word.</summary>
    public sealed record Scalar(int Line, string Text, bool Quoted) : PlanNode(Line)
    {
        /// <inheritdoc/>
        public override string Kind => Text.Length == 0 && !Quoted ? "nothing" : $"'{Text}'";
    }

    /// <summary>A list.</summary>
    public sealed record List(int Line, IReadOnlyList<PlanNode> Items) : PlanNode(Line)
    {
        /// <inheritdoc/>
        public override string Kind => "a list";
    }

    /// <summary>Keys with values, in the order of the file.</summary>
    public sealed record Map(int Line, IReadOnlyList<Entry> Entries) : PlanNode(Line)
    {
        /// <inheritdoc/>
        public override string Kind => "a group of keys";
    }

    /// <summary>A key with its value.</summary>
    public sealed record Entry(string Key, int Line, PlanNode Value);
}
