using BitSearch.Allocation;
using BitSearch.Bench.Harness;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Bench.Groups;

/// <summary>The exact solver on tables of ResNet-50's shapes (He et al. 2016); sensitivities are drawn.</summary>
internal static class SolverGroup
{
    private const string Variant = "BitSearch";

    /// <summary>Opens the group.</summary>
    public static BenchmarkGroup Open()
    {
        var group = new BenchmarkGroup("solver", "The exact solver") { Wall = true, WarmUps = 40, Rounds = 21 };
        var (two, eight, rough) = (Table([4, 8], 52, false), Table([1, 2, 3, 4, 5, 6, 7, 8], 54, false), Table([1, 2, 3, 4, 5, 6, 7, 8], 54, true));
        AddCurve(group, "bytes, free", two, SchedulePattern.Free, 0);
        AddCurve(group, "bytes, decreasing", two, SchedulePattern.Decreasing, 0);
        AddCurve(group, "latency, free", two, SchedulePattern.Free, 2);
        AddCurve(group, "latency, free, uneven sensitivities", Table([4, 8], 52, true), SchedulePattern.Free, 2);
        foreach (var share in (double[])[0.1, 0.3, 0.5, 0.7])
        {
            AddSolve(group, $"54 layers, 8 widths, bytes at {share}", eight, SchedulePattern.Free, (0, share));
            AddSolve(group, $"54 layers, 8 widths, uneven sensitivities, bytes at {share}", rough, SchedulePattern.Free, (0, share));
        }

        AddSolve(group, "54 layers, 8 widths, latency at 0.3", eight, SchedulePattern.Free, (2, 0.3));
        AddSolve(group, "54 layers, 8 widths, decreasing, bytes at 0.3", eight, SchedulePattern.Decreasing, (0, 0.3));
        AddSolve(group, "54 layers, 8 widths, bytes at 0.3 and bops at 0.3", eight, SchedulePattern.Free, (0, 0.3), (1, 0.3));
        AddSolve(group, "54 layers, 8 widths, bytes, bops and latency at 0.3", eight, SchedulePattern.Free, (0, 0.3), (1, 0.3), (2, 0.3));
        return group;
    }

    private static void AddCurve(BenchmarkGroup group, string subject, SensitivityTable table, SchedulePattern pattern, int measure)
    {
        var curve = ExactSolver.Curve(table, pattern, measure);
        Add(group, $"52 layers, 2 widths, ties, whole curve of {subject}: {curve.Points.Count} optima, {curve.Certificate}", () => ExactSolver.Curve(table, pattern, measure));
    }

    private static void AddSolve(BenchmarkGroup group, string subject, SensitivityTable table, SchedulePattern pattern, params (int Measure, double Share)[] limits)
    {
        var problem = new AllocationProblem(table, pattern, limits.Select(l =>
        {
            var (fewest, most) = LimitText.Extent(table, l.Measure);
            return new CostLimit(l.Measure, fewest + (long)(l.Share * (most - fewest)));
        }).ToEquatableArray());
        var name = $"{subject}: {ExactSolver.Solve(problem).Certificate}";
        Add(group, name, () => ExactSolver.Solve(problem));
    }

    private static void Add(BenchmarkGroup group, string subject, Action work) =>
        group.Cases.Add(new BenchmarkCase(subject, Variant, () => Clock.Time(work, 3)));

    // Errors fall by four a bit (uniform quantization noise); uneven ones by any amount, and not always.
    private static SensitivityTable Table(int[] widths, int layers, bool uneven)
    {
        var random = new SeededRandom(1);
        var points = Shapes().Take(layers).Select((shape, i) =>
        {
            var scale = random.NextDouble() * Math.Pow(10, random.NextDouble() * 2);
            var time = 1e8 * (0.2 + random.NextDouble()); // ps at one bit; no two sums are alike.
            return new SensitivityPoint($"layer{i}", PointKind.Weight, widths.Select(bits => new WidthOption(
                new Bitwidth(bits),
                uneven ? random.NextDouble() / bits : scale * Math.Pow(4, -bits) * (0.8 + (0.4 * random.NextDouble())),
                [shape.Elements * bits, shape.Macs * bits * 8, (long)(time * bits * (0.8 + (0.4 * random.NextDouble())))])).ToEquatableArray())
            {
                TieGroup = shape.Tie,
            };
        });
        return SensitivityTable.Of([CostMeasure.Size, CostMeasure.BitOperations, CostMeasure.Latency], points);
    }

    // Stem, four stages of bottlenecks whose projection is tied to their first convolution, and the classifier.
    private static IEnumerable<(long Elements, long Macs, string? Tie)> Shapes()
    {
        yield return (64 * 3 * 49, 64L * 3 * 49 * 112 * 112, null);
        var input = 64L;
        int[] stages = [3, 4, 6, 3];
        foreach (var (stage, blocks) in stages.Select((blocks, stage) => (stage, blocks)))
        {
            var (inner, side) = (64L << stage, 56L >> stage);
            for (var block = 0; block < blocks; block++)
            {
                var tie = block == 0 ? $"stage{stage}" : null;
                yield return (input * inner, input * inner * side * side, tie);
                yield return (inner * inner * 9, inner * inner * 9 * side * side, null);
                yield return (inner * inner * 4, inner * inner * 4 * side * side, null);

                if (block == 0)
                {
                    yield return (input * inner * 4, input * inner * 4 * side * side, tie);
                }

                input = inner * 4;
            }
        }

        yield return (2048 * 1000, 2048 * 1000, null);
    }
}
