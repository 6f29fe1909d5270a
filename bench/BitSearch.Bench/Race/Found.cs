using BitSearch.Pareto;
using BitSearch.Space;

namespace BitSearch.Bench.Race;

/// <summary>A schedule that a search had scored at some time.</summary>
/// <param name="Seconds">Since the search's process began.</param>
/// <param name="Schedule">All widths, activations included.</param>
/// <param name="Bytes">The packed file.</param>
/// <param name="ErrorRate">The search's own score: validation error, by whatever training it can afford.</param>
internal sealed record Found(double Seconds, Schedule Schedule, long Bytes, double ErrorRate)
{
    /// <summary>Size and own score.</summary>
    public Objectives Objectives => new(Bytes, ErrorRate);
}
