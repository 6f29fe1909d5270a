using BitSearch.Space;
using BitSearch.Study;

namespace BitSearch.Tests;

public sealed class BudgetTextTests
{
    private static readonly SearchSpace Space = SearchSpace.Of(
        TestNetworks.ResNet20(), new SpaceRules(TestNetworks.Bits(2, 4)), SchedulePattern.Free, []);

    private static readonly Ledger Full = Ledger.Of(Space.Network, Schedule.Homogeneous(40, Bitwidth.Full));

    [Theory]
    [InlineData("64 KiB", 65536 * 8)]
    [InlineData("64kib", 65536 * 8)]
    [InlineData(" 1.5 MiB ", 1572864 * 8)]
    [InlineData("65536 bytes", 65536 * 8)]
    [InlineData("1 byte", 8)]
    [InlineData("100 B", 800)]
    [InlineData("1.9 B", 8)]
    [InlineData("unlimited", long.MaxValue)]
    public void Amounts_are_rounded_down_to_bytes(string text, long bits) =>
        Assert.Equal(new Budget(new MemorySize(bits), BudgetMeasure.Weights), BudgetText.Resolve(text, BudgetMeasure.Weights, Space, "budget"));

    [Fact]
    public void A_share_is_of_the_same_network_at_full_precision()
    {
        Assert.Equal(Full.Total.Bits / 80 * 8, BudgetText.Resolve("0.10x", BudgetMeasure.Artifact, Space, "budget").Limit.Bits);
        Assert.Equal(Space.Network.WeightElements * 32, BudgetText.Resolve("1x", BudgetMeasure.Weights, Space, "budget").Limit.Bits);
    }

    [Fact]
    public void An_average_width_is_about_weight_elements_and_of_the_artifact_adds_what_is_no_code()
    {
        var codes = Space.Network.WeightElements * 7 / 2;
        var largest = Ledger.Of(Space.Network, Space.Largest(BudgetMeasure.Artifact).Schedule);
        Assert.Equal(codes, BudgetText.Resolve("avg 3.5 bits", BudgetMeasure.Weights, Space, "budget").Limit.Bits);
        Assert.Equal(
            codes + largest.Total.Bits - largest.Of(LedgerKind.Codes).Bits,
            BudgetText.Resolve("avg 3.5 bits", BudgetMeasure.Artifact, Space, "budget").Limit.Bits);
        Assert.True((Space with { Budgets = [BudgetText.Resolve("avg 4 bits", BudgetMeasure.Artifact, Space, "budget")] })
            .Contains(Space.Homogeneous(new Bitwidth(4))!));
    }

    [Fact]
    public void As_a_homogeneous_schedule_is_exactly_its_size()
    {
        foreach (var of in new[] { BudgetMeasure.Artifact, BudgetMeasure.Weights, BudgetMeasure.BitOperations })
        {
            Assert.Equal(Space.Amount(Space.Homogeneous(new Bitwidth(4))!, of), BudgetText.Resolve("as 4 bits", of, Space, "budget").Most);
        }
    }

    [Theory]
    [InlineData("as 31 bits")]
    [InlineData("as 4")]
    [InlineData("as  bits")]
    [InlineData("")]
    [InlineData("64")]
    [InlineData("KiB")]
    [InlineData("1,5 MiB")]
    [InlineData("-1 KiB")]
    [InlineData("x")]
    [InlineData("avg bits")]
    [InlineData("avg  bits")]
    [InlineData("avg 3.5")]
    [InlineData("NaNx")]
    [InlineData("1e3 KiB")]
    [InlineData("0 bytes", "is not even a byte")]
    [InlineData("0x", "is not even a byte")]
    [InlineData("999999999999 GiB", "is more than can be counted")]
    [InlineData("64 KB", "is no budget", "KB may mean 1,000 or 1,024 bytes: write KiB (1,024 bytes), or bytes")]
    [InlineData("25%", "is no budget", "write a share of full precision as 0.25x")]
    public void Anything_else_is_refused_with_what_would_be_right(string text, string wrong = "is no budget", string right = "write an amount")
    {
        var problems = new List<Problem>();
        Assert.Null(BudgetText.Resolve(text, BudgetMeasure.Artifact, Space, "budget.limit", problems));
        Assert.StartsWith($"budget.limit: '{text}' {wrong}; {right}", Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.5", BudgetMeasure.AverageBits)]
    [InlineData("3 GBOPs", BudgetMeasure.BitOperations)]
    [InlineData("0.25x", BudgetMeasure.BitOperations)]
    [InlineData("0.5x", BudgetMeasure.Activations)]
    [InlineData("4 KiB", BudgetMeasure.Activations)]
    public void Other_measures_have_their_own_units(string text, BudgetMeasure of)
    {
        var space = new SearchSpace(Space.Network with { LiveSteps = [new LiveStep("all", [new LiveTensor(4096, null)])] }, SchedulePattern.Free, []);
        var full = space.Network.WeightPoints.Sum(p => p.Macs * 32 * 32);
        long expected = (text, of) switch
        {
            ("2.5", _) => space.Network.WeightElements * 5 / 2,
            ("3 GBOPs", _) => 3_000_000_000,
            ("0.25x", _) => full / 4,
            ("0.5x", _) => 4096 * 32 / 2,
            _ => 4 * 8192,
        };
        Assert.Equal(new Budget(expected, of), BudgetText.Resolve(text, of, space, "budget"));
    }

    [Theory]
    [InlineData("avg 3 bits", BudgetMeasure.AverageBits)]
    [InlineData("0.5x", BudgetMeasure.AverageBits)]
    [InlineData("64 KiB", BudgetMeasure.BitOperations)]
    [InlineData("avg 3 bits", BudgetMeasure.BitOperations)]
    [InlineData("3 GBOPs", BudgetMeasure.Activations)]
    [InlineData("avg 3 bits", BudgetMeasure.Activations)]
    public void A_unit_of_another_measure_is_refused(string text, BudgetMeasure of) =>
        Assert.Contains("is no budget", Assert.Throws<PlanException>(() => BudgetText.Resolve(text, of, Space, "budget")).Message, StringComparison.Ordinal);
}
