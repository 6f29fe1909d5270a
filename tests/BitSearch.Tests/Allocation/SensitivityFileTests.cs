using BitSearch.Allocation;
using BitSearch.Space;

namespace BitSearch.Tests.Allocation;

public sealed class SensitivityFileTests
{
    private const string Good = """{"trace":0.5,"dw4_sq":0.4,"dw8_sq":0.1,"params":100,"macs":1000,"latency_int4_ms":0.25,"latency_int8_ms":0.5}""";

    [Fact]
    public void Sensitivities_are_trace_times_squared_error_and_costs_are_whole_counts()
    {
        var table = SensitivityFile.Parse($$"""{"layers":[{{Good}},{"name":"fc","widths":[2],"sensitivity_int2":-1,"kind":"activations","pattern":"free","params":7,"macs":0,"latency_int2_ms":1e-9}]}""", "t");

        Assert.Equal(["size", "bops", "latency"], table.Measures.Select(m => m.Name));
        Assert.Equal(
            new SensitivityPoint("layer0", PointKind.Weight, [
                new WidthOption(new Bitwidth(4), 0.2, [400, 16_000, 250_000_000]), new WidthOption(new Bitwidth(8), 0.05, [800, 64_000, 500_000_000])])
            { Elements = 100 },
            table.Points[0]);
        Assert.Equal(
            new SensitivityPoint("fc", PointKind.Activation, [new WidthOption(new Bitwidth(2), -1, [14, 0, 1])]) { FollowsPattern = false, Elements = 7 }, table.Points[1]);
    }

    [Theory]
    [InlineData("\"dw8_sq\":0.1", "\"dw8_sq\":NaN", "t: layers[1]: dw8_sq is NaN; a finite number")]
    [InlineData("\"dw8_sq\":0.1", "\"dw8_sq\":-Infinity", "t: layers[1]: dw8_sq is -Infinity; a finite number")]
    [InlineData("\"dw8_sq\":0.1", "\"dw8_sq\":1e999", "t: layers[1]: dw8_sq is 1e999; a finite number")]
    [InlineData("\"dw8_sq\":0.1", "\"dw8_sq\":null", "t: layers[1]: dw8_sq is null; a finite number")]
    [InlineData("\"dw8_sq\":0.1,", "", "t: layers[1]: dw8_sq is missing; a finite number")]
    [InlineData("\"trace\":0.5,", "\"name\":\"NaN conv\",", "t: layers[1] (NaN conv): trace is missing; a finite number")]
    [InlineData("\"trace\":0.5,\"dw4_sq\":0.4", "\"trace\":1e200,\"dw4_sq\":1e200", "t: layer1: its sensitivity at 4 bits is Infinity; a finite number")]
    [InlineData("\"params\":100", "\"params\":1.5", "t: layers[1]: params is 1.5; a whole number from 0")]
    [InlineData("\"latency_int8_ms\":0.5", "\"latency_int8_ms\":-1", "t: layers[1]: latency_int8_ms is -1; 0 to 4503599")]
    [InlineData("\"trace\"", "\"widths\":[0],\"trace\"", "t: layers[1]: its widths are [0]; a list of whole numbers from 1 to 32")]
    [InlineData("\"trace\"", "\"kind\":\"bias\",\"trace\"", "t: layers[1]: its kind is 'bias'; weights or activations")]
    [InlineData("\"trace\"", "\"name\":\"layer0\",\"trace\"", "t: layer0: two layers have this name; a name each")]
    public void What_is_wrong_in_a_layer_is_named_with_the_layer(string instead, string of, string message) =>
        Assert.Equal(message, Refused($$"""{"layers":[{{Good}},{{Good.Replace(instead, of, StringComparison.Ordinal)}}]}""").Split('\n')[0]);

    [Theory]
    [InlineData("[]", "t: there is no list 'layers'; a JSON object with layers (docs/solver.md)")]
    [InlineData("""{"layers":[]}""", "t: layers: there is none; at least one")]
    [InlineData("""{"layers":[3]}""", "t: layers[0]: it is no object; an object with params, macs, trace, dw8_sq and so on (docs/solver.md)")]
    [InlineData("""{"layers":[GOOD],"ties":[[0,1]]}""", "t: ties[0]: 1 is no layer; lists of places in layers, 0 to 0")]
    [InlineData("""{"layers":[GOOD],"ties":[[0],[0]]}""", "t: ties[1]: layer 0 is tied twice; each layer in one list at most")]
    [InlineData("""{"layers":[GOOD],"cost":3}""", "t: cost: it is Number; an object whose keys name the costs")]
    [InlineData("""{"layers":[GOOD],"cost":{"energy":"mJ"}}""", "t: layers[0]: energy_int4 is missing; a finite number")]
    public void What_is_wrong_in_a_table_is_said(string json, string message) =>
        Assert.Equal(message, Refused(json.Replace("GOOD", Good, StringComparison.Ordinal)).Split('\n')[0]);

    [Fact]
    public void A_text_that_is_no_json_is_refused_with_its_line() =>
        Assert.StartsWith("t:2: is no JSON", Refused("{\n\"layers\": oops}"), StringComparison.Ordinal);

    [Fact]
    public void A_field_that_stands_twice_is_refused() =>
        Assert.Contains("trace", Refused($$"""{"layers":[{{Good.Replace("\"macs\"", "\"trace\":1,\"macs\"", StringComparison.Ordinal)}}]}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("size=0", 400)]
    [InlineData("size=0.25", 500)]
    [InlineData("size=1", 800)]
    [InlineData("size=60 bytes", 480)]
    [InlineData("size=0.1KiB", 819)]
    [InlineData("bops=0.02MBOPs", 20_000)]
    [InlineData("latency=300us", 300_000_000)]
    [InlineData("latency = 0.3 ms", 300_000_000)]
    public void A_limit_is_a_share_from_fewest_to_most_bits_or_an_amount(string text, long counts) =>
        Assert.Equal(counts, LimitText.Resolve(text, SensitivityFile.Parse($$"""{"layers":[{{Good}}]}""", "t"), "--budget").Most);

    [Theory]
    [InlineData("size", "--budget: 'size' is no limit; COST=AMOUNT, such as size=0.5")]
    [InlineData("sizes=1", "--budget: 'sizes' is no cost of this table; did you mean 'size'? one of size, bops, latency")]
    [InlineData("size=1.5", "--budget: '1.5' is no amount of size; a share from 0 to 1 of the way from fewest to most bits, or an amount in bytes, B, KiB, MiB, GiB")]
    [InlineData("latency=3 MiB", "--budget: '3 MiB' is no amount of latency; a share from 0 to 1 of the way from fewest to most bits, or an amount in ns, us, ms, s")]
    [InlineData("bops=-1", "--budget: '-1' is no amount of bops; a share from 0 to 1 of the way from fewest to most bits, or an amount in BOPs, MBOPs, GBOPs, TBOPs")]
    public void What_is_no_limit_is_refused(string text, string message) => Assert.Equal(message, Assert.Throws<PlanException>(
        () => LimitText.Resolve(text, SensitivityFile.Parse($$"""{"layers":[{{Good}}]}""", "t"), "--budget")).Message);

    [Fact]
    public void Tied_layers_without_a_common_width_and_sums_beyond_64_bits_are_refused()
    {
        SensitivityPoint Point(string name, int bits, long cost) =>
            new(name, PointKind.Weight, [new WidthOption(new Bitwidth(bits), double.NaN, [cost])]) { TieGroup = "t" };

        var refused = Assert.Throws<PlanException>(() => SensitivityTable.Of([CostMeasure.Size], [Point("a", 2, long.MaxValue / 3), Point("b", 4, -1)]));

        Assert.Equal(
            ["a: its sensitivity at 2 bits is NaN", "b: its sensitivity at 4 bits is NaN", "b: its size at 4 bits is -0.000000119 MiB", "size: the layers' sum is more than can be counted", "a, b: are tied and have no width in common"],
            refused.Problems.Select(p => $"{p.Place}: {p.Wrong}"));
    }

    private static string Refused(string json) => Assert.Throws<PlanException>(() => SensitivityFile.Parse(json, "t")).Message;
}
