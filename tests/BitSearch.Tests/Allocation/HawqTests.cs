using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BitSearch.Allocation;
using BitSearch.Space;

namespace BitSearch.Tests.Allocation;

/// <summary>The published inputs and optima of HAWQ-V3 on ResNet-18 (Yao et al. 2021).</summary>
public sealed class HawqTests(ITestOutputHelper output)
{
    private static readonly string Json = GoldenFile.Read("hawq-v3-resnet18.json");
    private static readonly SensitivityTable Table = SensitivityFile.Parse(Json, "hawq");

    [Theory]
    [InlineData("size", "0.25")]
    [InlineData("size", "0.5")]
    [InlineData("size", "0.75")]
    [InlineData("bops", "0.25")]
    [InlineData("bops", "0.5")]
    [InlineData("bops", "0.75")]
    [InlineData("latency", "0.25")]
    [InlineData("latency", "0.5")]
    [InlineData("latency", "0.75")]
    public void All_nine_published_optima_are_reproduced_layer_by_layer(string cost, string share)
    {
        using var golden = JsonDocument.Parse(Json);
        var expected = golden.RootElement.GetProperty("optimal").GetProperty($"{cost}_{share}");
        var limit = LimitText.Resolve($"{cost}={share}", Table, "--budget");
        var problem = new AllocationProblem(Table, SchedulePattern.Free, [limit]);
        ExactSolver.Solve(problem);
        var watch = Stopwatch.StartNew();
        var (best, certificate) = ExactSolver.Solve(problem);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cost} {share}: {watch.Elapsed.TotalMilliseconds} ms"));

        Assert.True(certificate.IsExact);
        Assert.Equal(expected.GetProperty("bits").GetString(), string.Concat(best!.Schedule.Widths));
        Assert.Equal(expected.GetProperty("objective").GetDouble(), best.Sensitivity - AtFourBits(), 1e-5);
        var measure = Table.Measures[limit.Measure];
        var unit = cost == "bops" ? 1.024 : 1; // The file counts bit operations by 1,024 million.
        Assert.Equal(expected.GetProperty("cost").GetDouble() * unit, measure.Amount(best.Costs[limit.Measure]), 1e-6);
        Assert.Equal(expected.GetProperty("limit").GetDouble() * unit, measure.Amount(limit.Most), 1e-6);
        Assert.Equal(best, ExactSolver.Curve(Table, SchedulePattern.Free, limit.Measure).Under(limit.Most));
    }

    private static double AtFourBits() => Table.Points.Sum(p => p.Options[0].Sensitivity);
}
