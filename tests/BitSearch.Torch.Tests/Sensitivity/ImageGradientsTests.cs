using BitSearch.Torch.Data;
using BitSearch.Torch.Sensitivity;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Sensitivity;

public sealed class ImageGradientsTests(SubjectFixture fixture) : IClassFixture<SubjectFixture>
{
    [Theory]
    [InlineData("lenet5")]
    [InlineData("resnet20")]
    [InlineData("vgg-small")]
    public void The_norms_are_those_of_each_images_own_gradient(string name)
    {
        using var scope = new TensorScope();
        using var subject = fixture.Subject(name);
        using var network = subject.CreateFloat();
        using var images = subject.Images();
        var (pixels, labels) = (ImageBatches.Gather(images, 0, 20, subject.Data.Statistics), ImageBatches.Labels(images, 0, 20));

        var norms = ImageGradients.SquaredNorms(network, pixels, labels).ToDictionary(n => n.Point, n => n.Norms);

        var losses = nn.functional.cross_entropy(network.forward(pixels), labels, reduction: nn.Reduction.None);
        foreach (var image in (int[])[0, 7, 19])
        {
            var gradients = autograd.grad([losses[image]], [.. network.Layers.Select(l => l.Weight)], null!, retain_graph: true);
            foreach (var (layer, gradient) in network.Layers.Zip(gradients))
            {
                var expected = gradient.to(float64).square().sum().item<double>();
                Assert.Equal(expected, norms[layer.Name + ".weight"][image], 1e-4 * expected);
            }
        }
    }

    [Fact]
    public void The_last_layers_traces_are_their_closed_form_and_widths_multiply_them_by_the_noise()
    {
        using var scope = new TensorScope();
        using var subject = fixture.Subject();
        using var network = subject.CreateFloat();
        var (read, logits, labels) = LastLayer.Of(subject);
        var error = logits.softmax(1).sub(nn.functional.one_hot(labels, 10)); // The gradient of the logits.
        var ofWeights = error.square().sum([1]).mul(read.square().sum([1])).data<double>().ToArray();
        var ofInputs = error.matmul(network.Layers[^1].Weight.to(float64)).square().sum([1]).mean().item<double>();
        read.Dispose();

        var values = new FisherTrace().Measure(subject, _ => { }, TestContext.Current.CancellationToken).ToDictionary(v => (v.Point, v.Width.Bits));
        var noise = new WeightMse().Measure(subject, _ => { }, TestContext.Current.CancellationToken).ToDictionary(v => (v.Point, v.Width.Bits));

        var own = values[("fc3.weight", 32)];
        Assert.Equal(ofWeights.Average(), own.Value, 1e-4 * own.Value);
        Assert.Equal(ofInputs, values[("fc3.input", 32)].Value, 1e-4 * ofInputs);
        var spread = Math.Sqrt(ofWeights.Sum(w => Math.Pow(w - ofWeights.Average(), 2)) / (ofWeights.Length - 1) / ofWeights.Length);
        Assert.Equal(spread, own.StandardError!.Value, 1e-4 * spread);
        Assert.Equal(own.Value * noise[("fc3.weight", 2)].Value, values[("fc3.weight", 2)].Value, 1e-12);
        Assert.Equal(values[("fc3.input", 32)].Value * noise[("fc3.input", 3)].Value, values[("fc3.input", 3)].Value, 1e-12);
    }
}
