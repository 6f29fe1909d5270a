namespace BitSearch.Cli.Plans;

/// <summary>The reading of one plan: collects mistakes, and knows in which line everything stands.</summary>
/// <param name="file">The file as the person named it.</param>
/// <param name="folder">What relative paths in the plan are relative to.</param>
internal sealed class PlanReading(string file, string folder)
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly List<(int Line, string Path, Problem Problem)> _problems = [];

    /// <summary>What relative paths in the plan are relative to.</summary>
    public string Folder => folder;

    /// <summary>The mistakes so far, each once, in the order of the file.</summary>
    public IReadOnlyList<Problem> Problems => [.. _problems.OrderBy(p => p.Line).Select(p => p.Problem).Distinct()];

    /// <summary>Remembers where a field stands.</summary>
    public void Found(string path, int line) => _lines[path] = line;

    /// <summary>Notes a mistake.</summary>
    /// <param name="path">The field, <c>space.widths[2]</c>; empty for the whole plan.</param>
    /// <param name="wrong">What is wrong.</param>
    /// <param name="right">What would be right.</param>
    /// <param name="line">Where it stands, if not where the field does.</param>
    public void Wrong(string path, string wrong, string right, int? line = null)
    {
        var at = line ?? LineOf(path);
        _problems.Add((at, path, new Problem($"{file}:{at}{(path.Length == 0 ? "" : ": ")}{OneLine(path)}", OneLine(wrong), OneLine(right))));
    }

    /// <summary>A message that quotes a plan, without the line breaks and control characters that the plan may hold.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>Notes mistakes whose places are fields of the plan.</summary>
    public void Wrong(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            Wrong(problem.Place, problem.Wrong, problem.Right);
        }
    }

    /// <summary>Whether nothing is wrong with a field and what is inside it.</summary>
    public bool IsFine(string path) => !_problems.Exists(p => p.Path == path || p.Path.Length == 0
        || (p.Path.StartsWith(path, StringComparison.Ordinal) && p.Path[path.Length] is '.' or '['));

    /// <summary>Whether the plan has this field.</summary>
    public bool Has(string path) => _lines.ContainsKey(path);

    /// <exception cref="PlanException">There are mistakes.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count > 0)
        {
            throw new PlanException(Problems);
        }
    }

    // A field that is not there stands where the nearest field around it does.
    private int LineOf(string path)
    {
        while (true)
        {
            if (_lines.TryGetValue(path, out var line))
            {
                return line;
            }

            var cut = path.LastIndexOfAny(['.', '[']);
            if (cut < 0)
            {
                return _lines.GetValueOrDefault("", 1);
            }

            path = path[..cut];
        }
    }
}
