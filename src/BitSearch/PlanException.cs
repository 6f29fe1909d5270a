namespace BitSearch;

/// <summary>
/// A person's input (plan, data file, weights, folder) cannot be used. Carries every mistake found, not only the first;
/// the command line prints one line each and exits with code 2.
/// </summary>
public sealed class PlanException : Exception
{
    /// <summary>Creates the exception from all mistakes found.</summary>
    /// <param name="problems">At least one mistake.</param>
    public PlanException(IEnumerable<Problem> problems)
        : this([.. problems])
    {
    }

    /// <summary>Creates the exception from one mistake.</summary>
    /// <param name="place">File, line, field or path.</param>
    /// <param name="wrong">What is wrong, with the value.</param>
    /// <param name="right">What would be right.</param>
    public PlanException(string place, string wrong, string right)
        : this([new Problem(place, wrong, right)])
    {
    }

    private PlanException(Problem[] problems)
        : base(string.Join(Environment.NewLine, problems.Select(p => p.ToString()))) => Problems = problems;

    /// <summary>Every mistake found, in the order of the input.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
