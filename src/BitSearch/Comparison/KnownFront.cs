using BitSearch.Pareto;

namespace BitSearch.Comparison;

/// <summary>
/// The best that there is on a problem, over size in bytes and true error rate, and the rectangle in which fronts are measured:
/// from the front's best size and error to a reference point a tenth of its ranges beyond its worst (Ishibuchi et al. 2018),
/// so that its ends count too. The errors of real networks lie close together; against chance all fronts would look alike.
/// </summary>
public sealed record KnownFront
{
    private const double Beyond = 0.1;

    private readonly double _rectangle;

    /// <summary>The front of some points.</summary>
    /// <param name="points">At least one; dominated ones are left out.</param>
    /// <exception cref="ArgumentException">There is no point.</exception>
    public KnownFront(IEnumerable<Objectives> points)
    {
        Points = ParetoFront.Of(points, p => p).ToEquatableArray();
        if (Points.Count == 0)
        {
            throw new ArgumentException("a front has at least one point", nameof(points));
        }

        var (first, last) = (Points[0], Points[^1]);
        Reference = new Objectives(Outside(first.Size, last.Size), Outside(last.ErrorRate, first.ErrorRate));
        _rectangle = (Reference.Size - first.Size) * (Reference.ErrorRate - last.ErrorRate);
        Hypervolume = Share(Points);
    }

    /// <summary>By ascending size and descending error rate.</summary>
    public EquatableArray<Objectives> Points { get; }

    /// <summary>The worst size and error that count.</summary>
    public Objectives Reference { get; }

    /// <summary>The share of the rectangle that the front itself dominates, above 0 up to 1.</summary>
    public double Hypervolume { get; }

    /// <summary>The share of the rectangle that some points dominate, 0 up to <see cref="Hypervolume"/>.</summary>
    public double Share(IEnumerable<Objectives> points) => Pareto.Hypervolume.Of(points, Reference) / _rectangle;

    // A front of one size or error has no range; then a tenth of the value, or of one.
    private static double Outside(double best, double worst) => worst + (Beyond * (worst > best ? worst - best : worst > 0 ? worst : 1));
}
