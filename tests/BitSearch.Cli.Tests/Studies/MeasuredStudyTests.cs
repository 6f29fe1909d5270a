using BitSearch.Cli.Commands;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Storage;
using BitSearch.Cli.Studies;
using BitSearch.Cli.Tests.Commands;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;
using Spectre.Console;

namespace BitSearch.Cli.Tests.Studies;

public sealed class MeasuredStudyTests : IDisposable
{
    private const string CacheVariable = "XDG_CACHE_HOME";

    private readonly SmallStudy _small = new(SmallStudy.Plan.Replace("repeats: 2", "lookahead: 1", StringComparison.Ordinal).Replace("trials: 4", "trials: 2", StringComparison.Ordinal));
    private readonly string? _cache = Environment.GetEnvironmentVariable(CacheVariable);

    public MeasuredStudyTests() => Environment.SetEnvironmentVariable(CacheVariable, _small.PathOf("cache"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(CacheVariable, _cache);
        _small.Dispose();
    }

    [Fact]
    public async Task What_a_proposer_needs_is_measured_once_handed_to_it_and_part_of_the_studys_identity()
    {
        var design = Design();
        Assert.Equal(["output-kl", "weight-mse"], PlanText.Of(design).Measures);

        var first = await RunAsync(design);

        var files = Directory.GetFiles(_small.PathOf("cache/bitsearch/sensitivity")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, files.Count);
        var measured = MeasurementFile.Find(files[0])!;
        var expected = design.Arms[0].Space.Enumerate().OrderBy(s => LeastHarm.Sum(design.Arms[0].Space, s, measured.Measurement)).Take(2).Select(s => s.ToString());
        Assert.Equal(expected, first.Report.Facts.History.OfArm("decreasing").Schedules.Select(s => s.ToString()));
        await using (var store = await SqliteTrialStore.ReadAsync(_small.Result("study.db"), TestContext.Current.CancellationToken))
        {
            var identity = await store.IdentityAsync(TestContext.Current.CancellationToken);
            Assert.Equal(measured.Fingerprint, identity["measured.output-kl.content"]);
            Assert.True(identity.ContainsKey("measured.weight-mse.content"));
        }

        var written = files.ConvertAll(File.GetLastWriteTimeUtc);
        var resumed = await RunAsync(Design());

        Assert.Equal(0, resumed.Evaluated);
        Assert.Equal(written, files.ConvertAll(File.GetLastWriteTimeUtc));
    }

    [Fact]
    public void Training_from_scratch_has_weights_where_they_are_measured()
    {
        var plan = SmallStudy.Plan.Replace("training: {", "training: { from: scratch,", StringComparison.Ordinal);
        var scratch = PlanFile.Parse(plan, "small.yaml", _small.Root);

        using var without = StudyMaterials.Load(scratch, _ => { }, TestContext.Current.CancellationToken);
        using var with = StudyMaterials.Load(Needing(scratch), _ => { }, TestContext.Current.CancellationToken);

        Assert.Null(without.Weights);
        Assert.True(File.Exists(with.Weights));
    }

    private PlannedStudy Design() => Needing(PlanFile.Open(_small.PathOf("small.yaml")));

    private static PlannedStudy Needing(PlannedStudy design) =>
        design with { Arms = design.Arms.Select(a => a with { Proposer = a.Name == "decreasing" ? new LeastHarm() : new LeastError() }).ToEquatableArray() };

    private async Task<StudyRunResult> RunAsync(PlannedStudy design)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        return await new StudyRun(design, new StudyFolder(_small.Result("")), "test", 1, false, new ProgressDisplay(console), TimeProvider.System)
            .RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class LeastHarm : IProposer
    {
        public IReadOnlyList<string> Needs => ["output-kl"];

        public static double Sum(SearchSpace space, Schedule schedule, Measurement measured) =>
            space.Network.Points.Select((p, i) => measured.Of(p.Name, schedule[i])!.Value).Sum();

        public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
        {
            Assert.Equal(Needs, measured.Names);
            return space.Enumerate().Where(s => !history.Contains(s)).MinBy(s => Sum(space, s, measured["output-kl"]));
        }
    }

    private sealed class LeastError : IProposer
    {
        public IReadOnlyList<string> Needs => ["weight-mse", "output-kl"];

        public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
        {
            Assert.Equal(2, measured.Names.Count);
            return space.Sample(random, history.Schedules);
        }
    }
}
