using BitSearch.Bench.Harness;
using BitSearch.Bench.Work;
using BitSearch.Space;
using BitSearch.Torch;
using static TorchSharp.torch;

namespace BitSearch.Bench.Groups;

/// <summary>
/// Fake quantization forward and backward, against a plain copy of the same tensor and against PyTorch's composed
/// operations. A new quantizer is a line in <see cref="Kernels"/>.
/// </summary>
internal static class KernelGroup
{
    private const string Copy = "copy", Ours = "BitSearch", Composed = "TorchSharp composed", PeerCopy = "PyTorch copy, memory kept";
    private const int OurRepeats = 5, PeerRepeats = 3;

    private static readonly QuantizationPoint Activations = new("a.input", "a", 0, PointKind.Activation, [32, 28, 28], 0);
    private static readonly QuantizationPoint Weights = new("w.weight", "w", 0, PointKind.Weight, [512, 512, 3, 3], 0);

    private static readonly Kernel[] Kernels =
    [
        new("LSQ", "lsq", Activations, 4, "lsq-activations"),
        new("PACT", "pact", Activations, 4, "pact-activations"),
        new("DoReFa", "dorefa", Activations, 4, "dorefa-activations"),
        new("LSQ", "lsq", Weights, 4, "lsq-weights"),
        new("DoReFa", "dorefa", Weights, 4, "dorefa-weights"),
        new("scaled sign", "scaled-sign", Weights, 1, "scaled-sign-weights"),
        new("ternary", "ternary", Weights, 2, "ternary-weights"),
    ];

    /// <summary>Opens the group.</summary>
    public static BenchmarkGroup Open()
    {
        TorchRuntime.Initialise();
        var group = new BenchmarkGroup("kernels", "Fake quantization, forward and backward") { WarmUps = 4 };
        group.Ratios.AddRange([new(Ours, Copy), new(Composed, Ours), new(Peers.PlainTitle, Ours), new(Peers.KeepingTitle, Ours)]);
        var peers = Peers.Start(group);
        var (activations, weights) = (Values(group, [128, 32, 28, 28], 1), Values(group, [512, 512, 3, 3], 0.05));
        foreach (var kernel in Kernels)
        {
            Add(group, peers, kernel, kernel.Point == Weights ? weights : activations);
        }

        return group;
    }

    private static void Add(BenchmarkGroup group, Peers peers, Kernel kernel, (Tensor Values, Tensor Upstream) tensors)
    {
        var isWeight = kernel.Point == Weights;
        var subject = $"{kernel.Name}, {(isWeight ? "weights 512x512x3x3" : "activations 128x32x28x28")}, {kernel.Bits} bit";
        var quantizer = FakeQuantPass.Quantizer(group, kernel.Family, kernel.Point, new Bitwidth(kernel.Bits), tensors.Values);
        var ours = FakeQuantPass.Of(quantizer, tensors.Values, tensors.Upstream);
        var copy = FakeQuantPass.Copy(tensors.Values, tensors.Upstream);
        group.Cases.Add(new BenchmarkCase(subject, Copy, () => Clock.Time(copy.Run, OurRepeats)));
        group.Cases.Add(new BenchmarkCase(subject, Ours, ours is null ? null : () => Clock.Time(ours.Run, OurRepeats)));
        if (FakeQuantPass.Composed(quantizer, tensors.Values, tensors.Upstream) is { } composed)
        {
            group.Cases.Add(new BenchmarkCase(subject, Composed, () => Clock.Time(composed.Run, PeerRepeats)));
        }

        peers.Keeping.Add(group, subject, PeerCopy, isWeight ? "copy-weights" : "copy-activations", OurRepeats);
        if (kernel.Peer is not null)
        {
            peers.Plain.Add(group, subject, Peers.PlainTitle, kernel.Peer, PeerRepeats);
            peers.Keeping.Add(group, subject, Peers.KeepingTitle, kernel.Peer, PeerRepeats);
        }

        if (ours is null)
        {
            group.Notes.Add($"{subject}: the catalog has no quantizer '{kernel.Family}' of this width yet.");
        }
    }

    private static (Tensor Values, Tensor Upstream) Values(BenchmarkGroup group, long[] shape, double spread)
    {
        using var scope = new TensorScope();
        using var generator = new Generator(1);
        var values = group.Own(scope.Detach(randn(shape, generator: generator).mul_(Numbers.Of(spread))));
        return (values, group.Own(scope.Detach(randn(shape, generator: generator))));
    }

    /// <param name="Name">For people.</param>
    /// <param name="Family">The name in the catalog.</param>
    /// <param name="Point">Activations or weights.</param>
    /// <param name="Bits">The width.</param>
    /// <param name="Peer">The peer's name for the same; null: it has none.</param>
    private sealed record Kernel(string Name, string Family, QuantizationPoint Point, int Bits, string? Peer);
}
