using BitSearch.Space;

namespace BitSearch.Search;

/// <summary>What was measured of one point at one width.</summary>
/// <param name="Point">The point's name.</param>
/// <param name="Width">The width; full precision where the value is the point's own, whatever its width.</param>
/// <param name="Value">Finite; the larger, the more harm or importance.</param>
/// <param name="StandardError">Of the value, where it is an estimate; else null.</param>
public sealed record MeasuredValue(string Point, Bitwidth Width, double Value, double? StandardError = null);

/// <summary>One quantity, measured once of a float network: of each point at each of its widths, or of each point.</summary>
/// <param name="Name">The measure's name, such as <c>output-kl</c>.</param>
/// <param name="Values">All values; a point and width once.</param>
public sealed record Measurement(string Name, EquatableArray<MeasuredValue> Values)
{
    private Dictionary<(string, Bitwidth), double>? _values;

    /// <summary>The value of a point at a width; null if it was not measured there.</summary>
    public double? Of(string point, Bitwidth width) =>
        LazyInitializer.EnsureInitialized(ref _values, () => Values.ToDictionary(v => (v.Point, v.Width), v => v.Value))
            .TryGetValue((point, width), out var value) ? value : null;

    /// <summary>The point's own value, the same for every width; null if there is none.</summary>
    public double? Of(string point) => Of(point, Bitwidth.Full);

    /// <summary>Equality of name and values.</summary>
    public bool Equals(Measurement? other) => other is not null && Name == other.Name && Values == other.Values;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Values);
}

/// <summary>Everything that was measured of a network before a study, by name.</summary>
public sealed record Measurements
{
    private readonly SortedDictionary<string, Measurement> _byName = new(StringComparer.Ordinal);

    /// <summary>Gathers measurements.</summary>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public Measurements(IEnumerable<Measurement> measurements)
    {
        foreach (var measurement in measurements)
        {
            _byName.Add(measurement.Name, measurement);
        }
    }

    /// <summary>Nothing.</summary>
    public static Measurements None { get; } = new([]);

    /// <summary>The names of what is there.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>The measurement of that name.</summary>
    /// <exception cref="ArgumentException">It was not taken.</exception>
    public Measurement this[string name] => _byName.TryGetValue(name, out var found)
        ? found
        : throw new ArgumentException($"'{name}' was not measured; there are: {string.Join(", ", _byName.Keys)}", nameof(name));
}
