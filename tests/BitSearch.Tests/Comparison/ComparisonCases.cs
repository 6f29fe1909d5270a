using BitSearch.Comparison;
using BitSearch.Space;

namespace BitSearch.Tests.Comparison;

/// <summary>Problems that brute force can solve.</summary>
internal static class ComparisonCases
{
    public static Catalog<LandscapeFamily> Families { get; } = new(typeof(LandscapeFamily).Assembly);

    /// <summary>Five layers of different sizes: 1,024 schedules without a budget.</summary>
    public static NetworkDescription Small { get; } =
        TestNetworks.Of("small", ("a", [8, 3, 3, 3]), ("b", [8, 8, 3, 3]), ("c", [16, 8, 3, 3]), ("d", [16, 16, 3, 3]), ("e", [10, 16]));

    public static SyntheticSource Source(string family, NetworkDescription? network = null, double noise = 0) =>
        new(family, Families.Create(family, "test"), network ?? Small, noise);

    /// <summary>A clock that stands still, so that results have no seconds.</summary>
    public static TimeProvider StoppedClock { get; } = new Stopped();

    private sealed class Stopped : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
