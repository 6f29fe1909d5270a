namespace BitSearch.Reports;

/// <summary>
/// A homogeneous schedule beside the mixed ones, by mean validation error. A fact about these trials: neither a test of
/// significance nor a claim about other seeds.
/// </summary>
/// <param name="Homogeneous">The homogeneous schedule.</param>
/// <param name="Smaller">The smallest mixed schedule with at most its error, if smaller.</param>
/// <param name="Better">The mixed schedule of fewest errors with at most its size, if it has fewer.</param>
public sealed record HomogeneousComparison(ReportedSchedule Homogeneous, ReportedSchedule? Smaller, ReportedSchedule? Better)
{
    /// <summary>The share of memory that <see cref="Smaller"/> saves, 0..1; 0 if there is none.</summary>
    public double Saved => Smaller is null ? 0 : 1 - ((double)Smaller.Size.Bits / Homogeneous.Size.Bits);
}
