using BitSearch.Ablation;
using BitSearch.Space;
using BitSearch.Trials;
using MathNet.Numerics.Distributions;

namespace BitSearch.Tests.Ablation;

/// <summary>The controls: what is planted is found, and where nothing is planted nothing is found more often than was agreed.</summary>
public sealed class PlantedAblationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Where_a_decreasing_schedule_is_best_decreasing_wins_and_free_finds_the_same_schedule()
    {
        var planted = new PlantedAblation(PlantedAblation.Falling);

        var verdicts = await Verdicts(planted);

        Assert.Equal(1, verdicts[SchedulePattern.Increasing]);
        Assert.Equal(1, verdicts[SchedulePattern.Homogeneous]);
        Assert.Equal(1, verdicts[SchedulePattern.Shuffled]);
        Assert.Equal(0, verdicts[SchedulePattern.Free]);
        var optima = planted.Design().Budgets[0].Arms.Where(a => a.Pattern is SchedulePattern.Free or SchedulePattern.Decreasing).Select(a => a.Optima[0].ToString());
        Assert.Equal([string.Join('-', PlantedAblation.Falling)], optima.Distinct());
    }

    [Fact]
    public async Task Where_an_uneven_schedule_is_best_free_wins()
    {
        var verdicts = await Verdicts(new PlantedAblation(PlantedAblation.UpAndDown));

        Assert.Equal(-1, verdicts[SchedulePattern.Free]);
    }

    [Fact]
    public async Task Where_nothing_matters_no_difference_is_shown()
    {
        var verdicts = await Verdicts(new PlantedAblation(null));

        Assert.Equal(AblationPlan.AllPatterns.Count - 1, verdicts.Count);
        Assert.All(verdicts.Values, verdict => Assert.Equal(0, verdict));
    }

    [Fact]
    public void Of_two_hundred_studies_in_which_nothing_matters_no_more_raise_a_false_alarm_than_the_level_allows()
    {
        const int Studies = 200;
        var design = new PlantedAblation(null).Design(8, "as 3 bits", "as 4 bits");
        var alarms = new Dictionary<string, int>();
        for (var study = 0; study < Studies; study++)
        {
            // Another seed of the noise; the schedules, of which nothing depends, are the same.
            var nothing = new PlantedAblation(null, (ulong)study + 1000);
            var rows = design.Trials().Select(t => new AblationRow(AblationCell.Of(t.Arm)!, t.Schedule, MemorySize.Zero, t.Repeat, nothing.ErrorRate(t.Schedule, t.Repeat))).ToList();
            foreach (var family in AblationResult.Of(rows, new Seed((ulong)study), 0.3).Comparisons.GroupBy(c => $"{c.Role.Plural()}, {c.Budget ?? "mean over budgets"}"))
            {
                alarms[family.Key] = alarms.GetValueOrDefault(family.Key) + (family.Any(c => c.Verdict != 0) ? 1 : 0);
            }
        }

        // So many a family raises at most in 999 of 1,000 runs of this test if its chance is the level.
        var most = Enumerable.Range(0, Studies).First(k => Binomial.CDF(ArmComparison.Level, Studies, k) > 0.999);
        foreach (var (family, count) in alarms)
        {
            output.WriteLine(FormattableString.Invariant($"false alarms, {family}: {count} of {Studies} studies ({100.0 * count / Studies:0.0} %; nominal at most {100 * ArmComparison.Level:0} %)"));
        }

        Assert.Equal(6, alarms.Count);
        Assert.All(alarms.Values, count => Assert.InRange(count, 0, most));
        Assert.Contains(alarms.Values, count => count > 0);
    }

    [Fact]
    public async Task Any_number_of_workers_gives_the_same_result()
    {
        var planted = new PlantedAblation(PlantedAblation.UpAndDown);
        var design = planted.Design(5, "as 3 bits");

        var one = AblationJson.Text("a", await planted.RunAsync(design));

        Assert.Equal(one, AblationJson.Text("a", await planted.RunAsync(design, workers: 4)));
    }

    private async Task<Dictionary<SchedulePattern, int>> Verdicts(PlantedAblation planted)
    {
        var result = await planted.RunAsync(planted.Design());
        foreach (var verdict in AblationText.Verdicts(result))
        {
            output.WriteLine(verdict);
        }

        return result.Comparisons.Where(c => c.Role == AblationRole.Optimum).ToDictionary(c => c.Other, c => c.Verdict);
    }
}
