using BitSearch.Bench.Harness;
using BitSearch.Bench.Work;
using BitSearch.Space;
using BitSearch.Torch;

namespace BitSearch.Bench.Groups;

/// <summary>A training step of ResNet-20, and scoring, on one thread: float, quantized, and PyTorch's of both.</summary>
internal static class StepGroup
{
    private const string Float = "float", Quantized = "W4A4";

    // Steps in a row, as in training: the first after something else pays for memory that the other one left in disorder.
    private const int InARow = 4;

    /// <summary>Opens the group.</summary>
    public static BenchmarkGroup Open()
    {
        TorchRuntime.Initialise();
        var group = new BenchmarkGroup("step", "ResNet-20 on 3x32x32 images, one thread; W4A4 is LSQ in all layers") { Unit = "images" };
        var peers = Peers.Start(group);
        var (plain, quantized) = (group.Own(new ResNet20Work(Bitwidth.Full)), group.Own(new ResNet20Work(new Bitwidth(4))));
        Add(group, peers, "training step, batch 128", "step", ResNet20Work.Batch, plain.Step, quantized.Step);
        Add(group, peers, "scoring 1,000 images", "scoring", ResNet20Work.Scored, plain.Score, quantized.Score);
        group.Ratios.Add(new Ratio(Quantized, Float));
        foreach (var title in new[] { Peers.PlainTitle, Peers.KeepingTitle })
        {
            group.Ratios.Add(new Ratio(Of(title, Float), Float));
            group.Ratios.Add(new Ratio(Of(title, Quantized), Quantized));
        }

        return group;
    }

    private static void Add(BenchmarkGroup group, Peers peers, string subject, string benchmark, int images, Action plain, Action quantized)
    {
        group.Cases.Add(new BenchmarkCase(subject, Float, () => Clock.Time(plain, InARow), images));
        group.Cases.Add(new BenchmarkCase(subject, Quantized, () => Clock.Time(quantized, InARow), images));
        foreach (var (peer, title) in new[] { (peers.Plain, Peers.PlainTitle), (peers.Keeping, Peers.KeepingTitle) })
        {
            peer.Add(group, subject, Of(title, Float), $"{benchmark}-float", InARow, images);
            peer.Add(group, subject, Of(title, Quantized), $"{benchmark}-w4a4", InARow, images);
        }
    }

    private static string Of(string peer, string variant) => $"{peer}, {variant}";
}
