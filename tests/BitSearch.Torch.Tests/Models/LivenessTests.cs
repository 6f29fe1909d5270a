using BitSearch.Space;
using BitSearch.Torch.Models;

namespace BitSearch.Torch.Tests.Models;

/// <summary>What has to be held at each step, against hand counts.</summary>
public sealed class LivenessTests
{
    public static TheoryData<string> Names => [.. NetworkFactory.Catalog.Names];

    [Fact]
    public void A_residual_block_holds_the_shortcut_as_float_and_what_only_its_second_convolution_reads_at_that_width()
    {
        var steps = Describe("resnet20").LiveSteps;
        const int plane = 32 * 32;
        Assert.Equal(
            [new LiveTensor(3 * plane, null), new LiveTensor(16 * plane, null)], steps[0].Tensors);
        Assert.Equal("layer1.0.conv1", steps[1].Name);
        Assert.Equal([new LiveTensor(16 * plane, null), new LiveTensor(16 * plane, "layer1.0.conv2.input")], steps[1].Tensors);
        Assert.Equal(
            [new LiveTensor(16 * plane, null), new LiveTensor(16 * plane, "layer1.0.conv2.input"), new LiveTensor(16 * plane, null)], steps[2].Tensors);
        Assert.Equal(("sum", 2), (steps[3].Name, steps[3].Tensors.Count));
        Assert.Equal("linear", steps[^1].Name);
        Assert.Equal([new LiveTensor(64, "linear.input"), new LiveTensor(10, null)], steps[^1].Tensors);
    }

    [Fact]
    public void The_peak_of_ResNet_20_is_in_the_second_convolution_of_the_first_stage()
    {
        var network = Describe("resnet20");
        Assert.Equal(16 * 32 * 32 * (32 + 8 + 32), Peak(network, 8));
        Assert.Equal(16 * 32 * 32 * (32 + 2 + 32), Peak(network, 2));
    }

    [Fact]
    public void In_a_chain_codes_pass_the_pooling_and_two_neighbours_are_held()
    {
        var network = Describe("vgg-small");
        Assert.All(network.LiveSteps, s => Assert.InRange(s.Tensors.Count, 2, 2));
        var pooled = network.LiveSteps.First(s => s.Name == "maximum").Tensors;
        Assert.NotNull(pooled[0].Point);
        Assert.Equal(pooled[0].Point, pooled[1].Point);
        Assert.Equal(4 * pooled[1].Elements, pooled[0].Elements);
        // The first convolution's 128 channels at b bits beside the next one's; the image is small beside them.
        Assert.Equal(2 * 128 * 32 * 32 * 4, Peak(network, 4));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_step_holds_points_of_the_network_at_their_size(string name)
    {
        var network = Describe(name);
        Assert.NotEmpty(network.LiveSteps);
        foreach (var tensor in network.LiveSteps.SelectMany(s => s.Tensors).Where(t => t.Point is not null))
        {
            // A maximum is read by the point; what it is taken of is larger.
            Assert.True(tensor.Elements >= network.Points[network.IndexOf(tensor.Point!)].Elements);
        }
    }

    private static NetworkDescription Describe(string name) => NetworkFactory.Catalog.Create(name, "test").Describe(new NetworkSpec([3, 32, 32], 10));

    private static long Peak(NetworkDescription network, int bits) => new SearchSpace(network, SchedulePattern.Free, [])
        .Amount(Schedule.Homogeneous(network.Points.Count, new Bitwidth(bits)), BudgetMeasure.Activations);
}
