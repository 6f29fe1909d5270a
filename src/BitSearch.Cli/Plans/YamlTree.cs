using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BitSearch.Cli.Plans;

/// <summary>
/// Builds <see cref="PlanNode"/>s from YAML's events: its ready-made tree stops at the first key given twice, and we want
/// to go on and find the other mistakes too.
/// </summary>
internal sealed class YamlTree
{
    private const int Deepest = 16;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, PlanNode> _anchors = [];

    private YamlTree(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Reads a document.</summary>
    /// <exception cref="YamlException">It is no YAML, holds several documents, or nests too deep.</exception>
    public static PlanNode? Read(string text)
    {
        var tree = new YamlTree(text);
        try
        {
            return tree.Document();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // What the parser says of some brackets that are not closed, and of some tags.
            var last = tree._parser.Current?.End ?? Mark.Empty;
            var mistake = e is ArgumentException ? "a tag ('!...') cannot be read; plans need none" : "a list or group is not closed";
            throw new YamlException(last, last, mistake, e);
        }
    }

    private static int LineOf(ParsingEvent e) => (int)e.Start.Line;

    private PlanNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        return _parser.TryConsume<DocumentStart>(out var second)
            ? throw new YamlException(second.Start, second.End, "a second document begins here; a plan is one document")
            : root;
    }

    private PlanNode Node(int depth)
    {
        if (depth > Deepest && _parser.Current is { } deep)
        {
            throw new YamlException(deep.Start, deep.End, $"the nesting is deeper than {Deepest} levels");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value, out var known)
                ? known
                : throw new YamlException(alias.Start, alias.End, $"the alias '*{alias.Value}' is not known here");
        }

        var anchor = (_parser.Current as NodeEvent)?.Anchor ?? AnchorName.Empty;
        var node = Content(depth);
        if (!anchor.IsEmpty)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private PlanNode Content(int depth)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            var quoted = scalar.Style != ScalarStyle.Plain;
            return new PlanNode.Scalar(LineOf(scalar), quoted || scalar.Value is not ("~" or "null") ? scalar.Value : "", quoted);
        }

        if (_parser.TryConsume<SequenceStart>(out var list))
        {
            var items = new List<PlanNode>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(depth + 1));
            }

            return new PlanNode.List(LineOf(list), items);
        }

        var map = _parser.Consume<MappingStart>();
        var entries = new List<PlanNode.Entry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = _parser.Consume<Scalar>();
            entries.Add(new PlanNode.Entry(key.Value, LineOf(key), Node(depth + 1)));
        }

        return new PlanNode.Map(LineOf(map), entries);
    }
}
