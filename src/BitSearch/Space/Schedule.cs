namespace BitSearch.Space;

/// <summary>
/// One bitwidth per quantization point, in the order of <see cref="NetworkDescription.Points"/>. Equal by content;
/// its text form, such as <c>8-4-4-2</c>, is its identity in stores and results.
/// </summary>
public sealed record Schedule
{
    private readonly string _text;

    /// <summary>Creates a schedule.</summary>
    /// <param name="widths">One width per point; at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="widths"/> is empty.</exception>
    public Schedule(EquatableArray<Bitwidth> widths)
    {
        if (widths.Count == 0)
        {
            throw new ArgumentException("a schedule assigns at least one width", nameof(widths));
        }

        Widths = widths;
        _text = string.Join('-', widths);
    }

    /// <summary>One width per point.</summary>
    public EquatableArray<Bitwidth> Widths { get; }

    /// <summary>The number of points.</summary>
    public int Count => Widths.Count;

    /// <summary>The width of point <paramref name="point"/>.</summary>
    public Bitwidth this[int point] => Widths[point];

    /// <summary>The same width at <paramref name="count"/> points.</summary>
    public static Schedule Homogeneous(int count, Bitwidth width) => new(Enumerable.Repeat(width, count).ToEquatableArray());

    /// <summary>The schedule that gives all points of each group its width; every point is in one group.</summary>
    internal static Schedule Of(IReadOnlyCollection<(IReadOnlyList<int> Points, Bitwidth Width)> groups)
    {
        var widths = new Bitwidth[groups.Sum(g => g.Points.Count)];
        foreach (var (points, width) in groups)
        {
            foreach (var point in points)
            {
                widths[point] = width;
            }
        }

        return new Schedule(EquatableArray.Create<Bitwidth>(widths));
    }

    /// <summary>This schedule with another width at one point.</summary>
    public Schedule With(int point, Bitwidth width) => new(Widths.Select((w, i) => i == point ? width : w).ToEquatableArray());

    /// <summary>Reads the text form.</summary>
    /// <param name="text">Widths joined by <c>-</c>.</param>
    /// <exception cref="FormatException">The text is no schedule.</exception>
    public static Schedule Parse(string text) => TryParse(text, out var schedule)
        ? schedule!
        : throw new FormatException($"'{text}' is no schedule: widths from 1 to {Bitwidth.Maximum} joined by '-' are");

    /// <summary>Reads the text form, if it is one.</summary>
    public static bool TryParse(string? text, out Schedule? schedule)
    {
        schedule = null;
        var parts = (text ?? "").Split('-');
        var widths = new Bitwidth[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!Bitwidth.TryParse(parts[i], out widths[i]))
            {
                return false;
            }
        }

        schedule = new Schedule(EquatableArray.Create<Bitwidth>(widths));
        return true;
    }

    /// <summary>The text form.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(Schedule? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
