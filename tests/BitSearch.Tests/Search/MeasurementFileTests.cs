using BitSearch.Allocation;
using BitSearch.Search;
using BitSearch.Space;

namespace BitSearch.Tests.Search;

public sealed class MeasurementFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bitsearch-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_bit_for_bit()
    {
        var file = new MeasurementFile(
            new Measurement("hessian", [new MeasuredValue("a.weight", new Bitwidth(2), 0.1 + 0.2, 1.0 / 3), new MeasuredValue("a.weight", Bitwidth.Full, -1e-300)]), "abc")
        {
            Meaning = "curvature < noise",
            OwnMeaning = "trace",
            Origin = new Dictionary<string, string> { ["network"] = "net" },
            Time = TimeSpan.FromSeconds(1.5),
        };
        file.Write(PathOf("a.json"));

        var read = MeasurementFile.Find(PathOf("a.json"))!;

        Assert.Equal(file with { Origin = read.Origin }, read);
        Assert.Equal(file.Origin, read.Origin);
        Assert.Contains("\"meaning\": \"curvature < noise\"", File.ReadAllText(PathOf("a.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_or_changed_is_none()
    {
        new MeasurementFile(new Measurement("m", [new MeasuredValue("a", new Bitwidth(2), 0.25)]), "abc").Write(PathOf("a.json"));
        var whole = File.ReadAllText(PathOf("a.json"));
        foreach (var wrong in (string[])["", "null", "[]", "{}", whole[..^9], whole.Replace("0.25", "0.26", StringComparison.Ordinal), whole.Replace("\"bits\": 2", "\"bits\": 99", StringComparison.Ordinal), whole.Replace("0.25", "\"x\"", StringComparison.Ordinal)])
        {
            File.WriteAllText(PathOf("b.json"), wrong);
            Assert.Null(MeasurementFile.Find(PathOf("b.json")));
        }

        Assert.Null(MeasurementFile.Find(PathOf("none.json")));
        Assert.NotNull(MeasurementFile.Find(PathOf("a.json")));
    }

    [Fact]
    public void The_solver_reads_its_table_with_the_bytes_of_the_packed_file()
    {
        var space = SearchSpace.Of(
            TestNetworks.ResNet20(), new SpaceRules(TestNetworks.Bits(2, 4)) { First = new RoleRule(Pinned: new Bitwidth(8)), Ties = [["layer1.0.*"]] }, SchedulePattern.Decreasing, []);
        var network = space.Network;
        var file = new MeasurementFile(new Measurement("m", network.WeightPoints.SelectMany((p, i) => p.Widths, (p, w) => new MeasuredValue(p.Name, w, 1.0 / (w.Bits * (p.Depth + 1)))).ToEquatableArray()), "abc");

        var table = SensitivityFile.Parse(MeasuredTable.Of(file, network)!.ToJsonString(), "table");

        Assert.Equal(network.WeightPoints.Select(p => p.Name), table.Points.Select(p => p.Name));
        Assert.Equal(["size", "artifact"], table.Measures.Select(m => m.Name));
        Assert.False(table.Points[0].FollowsPattern);
        Assert.Equal(2, table.Points.Count(p => p.TieGroup is not null));
        foreach (var (point, own) in table.Points.Zip(network.WeightPoints))
        {
            Assert.Equal(own.Widths, point.Options.Select(o => o.Width));
            Assert.All(point.Options, o => Assert.Equal(1.0 / (o.Width.Bits * (own.Depth + 1)), o.Sensitivity));
            Assert.All(point.Options, o => Assert.Equal(own.Elements * o.Width.Bits, o.Costs[0]));
            Assert.All(point.Options, o => Assert.Equal(PackedLayout.PointBytes(network, own, o.Width) * 1_000_000_000m / 1024, o.Costs[1]));
        }

        // Any budget is answered from the same table, in the space.
        var best = ExactSolver.Solve(new AllocationProblem(table, SchedulePattern.Decreasing, [new CostLimit(0, network.WeightElements * 3)])).Best!;
        Assert.True(best.Schedule.Widths.Zip(network.WeightPoints).Sum(w => w.Second.Elements * w.First.Bits) <= network.WeightElements * 3);
    }

    [Fact]
    public void Points_without_all_values_are_left_out_and_own_values_are_no_widths()
    {
        var network = SearchSpace.Of(TestNetworks.ResNet20(), new SpaceRules(TestNetworks.Bits(2, 32)), SchedulePattern.Free, []).Network;
        var (first, second) = (network.Points[0].Name, network.Points[1].Name);
        var file = new MeasurementFile(new Measurement("m", [new MeasuredValue(first, new Bitwidth(2), 3), new MeasuredValue(first, Bitwidth.Full, 9), new MeasuredValue(second, Bitwidth.Full, 9)]), "abc");

        var own = SensitivityFile.Parse(MeasuredTable.Of(file with { OwnMeaning = "trace" }, network)!.ToJsonString(), "table");
        var width = SensitivityFile.Parse(MeasuredTable.Of(file, network)!.ToJsonString(), "table");

        Assert.Equal((first, 3.0, 0.0), (own.Points.Single().Name, own.Points[0].Options[0].Sensitivity, own.Points[0].Options[1].Sensitivity));
        Assert.Equal(9, width.Points.Single().Options[1].Sensitivity);
        Assert.Null(MeasuredTable.Of(new MeasurementFile(new Measurement("m", [new MeasuredValue(second, Bitwidth.Full, 9)]), "abc") { OwnMeaning = "trace" }, network));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
