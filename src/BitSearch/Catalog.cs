using System.Reflection;

namespace BitSearch;

/// <summary>
/// Every component of kind <typeparamref name="T"/> in some assemblies, by name. There is no central list: a class is in the
/// catalog because it carries <see cref="ComponentAttribute"/> and is a <typeparamref name="T"/>. Each <see cref="Create"/>
/// gives a new instance, made by the parameterless constructor.
/// </summary>
/// <typeparam name="T">Interface or base class of the components.</typeparam>
public sealed class Catalog<T>
    where T : class
{
    private readonly SortedDictionary<string, Type> _types = new(StringComparer.Ordinal);

    /// <summary>Finds the components of the assemblies.</summary>
    /// <exception cref="ArgumentException">A name is used twice or malformed, or a component has no public parameterless
    /// constructor: mistakes of a programmer, found when the catalog is made.</exception>
    public Catalog(params Assembly[] assemblies)
    {
        foreach (var type in assemblies.Distinct().SelectMany(a => a.GetTypes()))
        {
            if (!type.IsAbstract && typeof(T).IsAssignableFrom(type)
                && type.GetCustomAttribute<ComponentAttribute>(inherit: false) is { } component)
            {
                Add(component.Name, type);
            }
        }
    }

    /// <summary>The known names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. _types.Keys];

    /// <summary>Whether a component of that name exists. Names are compared exactly.</summary>
    public bool Contains(string name) => _types.ContainsKey(name);

    /// <summary>One new instance of each component, in the order of <see cref="Names"/>.</summary>
    public IEnumerable<(string Name, T Component)> All() => _types.Select(t => (t.Key, Make(t.Value)));

    /// <summary>A new instance of the component with that name.</summary>
    /// <param name="name">The name as the person wrote it.</param>
    /// <param name="place">Where the person wrote it, for the message; for example <c>plan.yaml: data.set</c>.</param>
    /// <exception cref="PlanException">No such name; the message lists the known ones, the nearest first.</exception>
    public T Create(string name, string place) =>
        _types.TryGetValue(name, out var type) ? Make(type) : throw new PlanException([Unknown(name, place)]);

    /// <summary>The mistake to report for a name that is not in the catalog, for callers who collect mistakes.</summary>
    public Problem Unknown(string name, string place)
    {
        var known = _types.Count == 0 ? "nothing is known here" : $"known are {string.Join(", ", _types.Keys)}";
        var nearest = NearestName.Of(name, _types.Keys);
        return new Problem(place, $"'{name}' is unknown", nearest is null ? known : $"did you mean '{nearest}'? {known}");
    }

    private static T Make(Type type) => (T)Activator.CreateInstance(type)!;

    private void Add(string name, Type type)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException($"The component name '{name}' of {type} must be lower-case letters, digits and hyphens.");
        }

        if (type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new ArgumentException($"The component {type} needs a public parameterless constructor.");
        }

        if (!_types.TryAdd(name, type))
        {
            throw new ArgumentException($"The component name '{name}' is used by both {_types[name]} and {type}.");
        }
    }
}
