using System.Reflection;
using BitSearch.Search;

namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// A way to measure how sensitive a float network is to the widths of its points, by its <see cref="ComponentAttribute"/>'s
/// name. Larger means more harm, or more importance. Deterministic: its values depend on the subject alone.
/// </summary>
public abstract class SensitivityMeasure
{
    /// <summary>All measures.</summary>
    public static Catalog<SensitivityMeasure> Catalog { get; } = new(typeof(SensitivityMeasure).Assembly);

    /// <summary>The name, as in <see cref="IProposer.Needs"/>.</summary>
    public string Name => GetType().GetCustomAttribute<ComponentAttribute>()!.Name;

    /// <summary>What a value at a width says, in words, with its unit.</summary>
    public abstract string Meaning { get; }

    /// <summary>What a point's own value says, which is kept under full precision; null: it has none, and full precision is a width like others.</summary>
    public virtual string? OwnMeaning => null;

    /// <summary>
    /// Everything of the subject that decides the values, besides network, weights, images, quantizers, widths and seed, which
    /// decide all measures: equal texts, equal values.
    /// </summary>
    public abstract string Settings(SensitivitySubject subject);

    /// <summary>Measures.</summary>
    /// <param name="subject">What is measured.</param>
    /// <param name="report">Hears of progress, on this thread.</param>
    /// <param name="cancellationToken">Stops between two batches or networks.</param>
    /// <returns>In the order of the network's points, ascending widths each, full precision last.</returns>
    /// <exception cref="PlanException">It cannot be measured: a fine-tuning diverges.</exception>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    public abstract IReadOnlyList<MeasuredValue> Measure(
        SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken);
}
