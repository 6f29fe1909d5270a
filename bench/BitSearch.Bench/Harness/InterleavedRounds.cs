namespace BitSearch.Bench.Harness;

/// <summary>
/// Measures a group: in each round every case once, in odd rounds in reverse order, so that what slows the machine for a
/// while slows all cases alike.
/// </summary>
internal static class InterleavedRounds
{
    /// <summary>Runs the rounds.</summary>
    /// <param name="group">What.</param>
    /// <param name="rounds">How many count.</param>
    /// <returns>For each case its measurements, round by round.</returns>
    public static IReadOnlyDictionary<BenchmarkCase, List<Measurement>> Run(BenchmarkGroup group, int rounds)
    {
        var measured = group.Cases.ToDictionary(c => c, _ => new List<Measurement>());
        for (var round = -group.WarmUps; round < rounds; round++)
        {
            Console.Error.WriteLine($"{group.Name}: {(round < 0 ? "warm-up" : $"round {round + 1} of {rounds}")}");
            foreach (var one in round % 2 == 0 ? group.Cases : Enumerable.Reverse(group.Cases))
            {
                if (one.Measure?.Invoke() is { } measurement && round >= 0)
                {
                    measured[one].Add(measurement);
                }
            }
        }

        return measured;
    }
}
