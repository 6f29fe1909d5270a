namespace BitSearch;

/// <summary>Gives a class the name under which plans and commands find it in a <see cref="Catalog{T}"/>.</summary>
/// <param name="name">Lower-case letters, digits and hyphens, such as <c>fashion-mnist</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ComponentAttribute(string name) : Attribute
{
    /// <summary>The name a person writes.</summary>
    public string Name { get; } = name;
}
