using BitSearch.Ablation;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests.Ablation;

public sealed class AblationResultTests
{
    [Fact]
    public void A_shown_difference_is_told_with_its_size_interval_and_p()
    {
        var comparison = Compare([0.9, 0.7, 0.8, 0.8, 0.6, 1.0, 0.9, 0.7], family: 5);

        Assert.Equal((1, 0.0390625), (comparison.Verdict, comparison.Adjusted));
        Assert.Matches(@"^decreasing better than homogeneous by 0\.8 points \[0\.\d+, 0\.\d+\], p = 0\.039$", comparison.ToString());
    }

    [Fact]
    public void A_worse_result_is_told_the_other_way_round()
    {
        var comparison = Compare([-0.9, -0.7, -0.8, -0.8, -0.6, -1.0, -0.9, -0.7], family: 5);

        Assert.Equal(-1, comparison.Verdict);
        Assert.Matches(@"^decreasing worse than homogeneous by 0\.8 points \[0\.\d+, 0\.\d+\], p = 0\.039$", comparison.ToString());
    }

    [Fact]
    public void Where_nothing_is_shown_the_smallest_detectable_effect_is_told()
    {
        var comparison = Compare([0.5, -0.4, 0.3, -0.6, 0.1, 0.2, -0.2, 0.1], family: 1);

        Assert.Equal(0, comparison.Verdict);
        Assert.Matches(@"^no difference shown to homogeneous: 0\.0 points \[-0\.\d+, \+0\.\d+\], p = 1; smallest effect detectable here 0\.\d+ points$", comparison.ToString());
    }

    [Fact]
    public void The_smallest_detectable_effect_is_found_four_times_in_five()
    {
        // Pairs of a normal distribution with the spread 1: by the text-book, sd (t(0.975, n-1) + t(0.8, n-1)) / sqrt(n).
        var spread = Compare([-1, 1, -1, 1, -1, 1, -1, 1], family: 1);
        var effect = spread.Detectable!.Value / Math.Sqrt(8.0 / 7);

        var found = Enumerable.Range(0, 2000).Count(i =>
        {
            var random = new SeededRandom((ulong)i);
            var differences = Enumerable.Range(0, 8).Select(_ => effect + MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1)).ToEquatableArray();
            return Compare(differences, family: 1).Verdict > 0;
        });

        Assert.InRange(found / 2000.0, 0.74, 0.86);
    }

    [Fact]
    public void Too_few_seeds_for_any_difference_say_so()
    {
        var comparison = Compare([3, 4, 3.5, 3.2, 3.9], family: 5);

        Assert.Equal(0, comparison.Verdict);
        Assert.Null(comparison.Detectable);
        Assert.EndsWith("5 seeds cannot show any", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_schedule_is_called_so() =>
        Assert.Equal("decreasing and homogeneous chose the same schedule", Compare([0, 0, 0], family: 2).ToString());

    [Fact]
    public void The_mean_over_budgets_is_taken_seed_by_seed()
    {
        var rows = new[] { ("a", 0.5, 0.3), ("b", 0.1, 0.0) }.SelectMany(b => Enumerable.Range(0, 4).SelectMany(r => new[]
        {
            Row(b.Item1, SchedulePattern.Decreasing, 100, r, 0.10), Row(b.Item1, SchedulePattern.Free, 100, r, 0.10 + ((b.Item2 + (r * b.Item3)) / 100)),
        })).ToList();

        var pooled = AblationResult.Of(rows, new Seed(1), 0.3).Comparisons.First(c => c.Budget is null);

        Assert.Equal([0.3, 0.45, 0.6, 0.75], pooled.Differences.Select(d => Math.Round(d, 9)));
    }

    [Fact]
    public void Memory_is_saved_down_to_the_smallest_schedule_that_is_not_worse_and_no_further()
    {
        // Homogeneous 1,000 bytes; candidates lose 0, 0.1, 2 and 0 points: the last one stands behind one that fails.
        var noise = new[] { 0.05, -0.05, 0.02, -0.02, 0.03, -0.03, 0.0, 0.0 };
        var rows = Rows("large", SchedulePattern.Homogeneous, 1000, 0, noise)
            .Concat(new[] { ("large", 990, 0.0), ("middle", 800, 0.1), ("small", 600, 2.0), ("tiny", 400, 0.0) }
                .SelectMany(c => Rows(c.Item1, SchedulePattern.Decreasing, c.Item2, c.Item3, [.. noise.Reverse()]))).ToList();

        var saving = Assert.Single(AblationResult.Of(rows, new Seed(1), 0.3).Savings);

        Assert.Equal((800L, 4), (saving.Size!.Value.Bytes, saving.Candidates));
        Assert.Equal(0.2, saving.Saved.Estimate, 1e-12);
        Assert.Equal((0.2, 0.2), (Math.Round(saving.Saved.Low, 9), Math.Round(saving.Saved.High, 9)));
    }

    [Fact]
    public void Where_every_smaller_schedule_is_worse_nothing_is_saved()
    {
        var rows = Rows("large", SchedulePattern.Homogeneous, 1000, 0, new double[8]).Concat(Rows("small", SchedulePattern.Free, 900, 3, new double[8])).ToList();

        var saving = Assert.Single(AblationResult.Of(rows, new Seed(1), 0.3).Savings);

        Assert.Null(saving.Size);
        Assert.Equal((0, 0, 0), (saving.Saved.Estimate, saving.Saved.Low, saving.Saved.High));
    }

    [Fact]
    public void The_text_begins_with_the_verdicts_and_holds_every_number()
    {
        var result = AblationResult.Of(
            [.. Rows("b", SchedulePattern.Decreasing, 900, 0, [0, 0.1, 0.2]), .. Rows("b", SchedulePattern.Homogeneous, 1000, 0.5, [0.1, 0, 0.2])], new Seed(1), 0.3);
        var text = AblationText.Markdown("name", result, 0.3);

        Assert.StartsWith("# Ablation: name\n", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("## Verdicts", StringComparison.Ordinal) < text.IndexOf("## Comparisons", StringComparison.Ordinal));
        Assert.Contains("| b | decreasing | optimum | 900 | 3 | 89.90 | 0.10 |", text, StringComparison.Ordinal);
        Assert.Contains("| b | 1000 | decreasing | 900 | 10.0 |", text, StringComparison.Ordinal);
    }

    private static ArmComparison Compare(EquatableArray<double> differences, int family)
    {
        var one = ArmComparison.Of("b", AblationRole.Optimum, SchedulePattern.Homogeneous, differences, new Seed(1));
        return ArmComparison.Corrected([one, .. Enumerable.Repeat(one with { PValue = 1 }, family - 1)])[0];
    }

    private static IEnumerable<AblationRow> Rows(string budget, SchedulePattern pattern, long bytes, double lost, double[] noise) =>
        noise.Select((n, r) => Row(budget, pattern, bytes, r, 0.1 + ((lost + n) / 100)));

    private static AblationRow Row(string budget, SchedulePattern pattern, long bytes, int repeat, double error) =>
        new(new AblationCell(budget, pattern, AblationRole.Optimum), Schedule.Parse($"{1 + (bytes / 100)}"), MemorySize.FromBytes(bytes), repeat, error);
}
