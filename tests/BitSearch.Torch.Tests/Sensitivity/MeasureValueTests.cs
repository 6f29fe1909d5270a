using BitSearch.Space;
using BitSearch.Statistics;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Sensitivity;
using BitSearch.Torch.Training;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Sensitivity;

public sealed class MeasureValueTests(SubjectFixture fixture) : IClassFixture<SubjectFixture>
{
    [Fact]
    public void The_error_of_weights_is_that_of_the_quantizers_formula()
    {
        using var subject = fixture.Subject();
        using var network = subject.CreateFloat();
        var (weights, elements) = (network.Layers[2].Weight.data<float>().ToArray(), network.Layers[2].Weight.numel());
        var step = (float)(2 * weights.Average(w => Math.Abs((double)w)) / Math.Sqrt(1)); // LSQ at 2 bits: -2 to 1 steps.
        var error = weights.Sum(w => Math.Pow((Math.Round(Math.Clamp(w / step, -2, 1)) * step) - w, 2));

        var mse = Measure(new WeightMse(), subject);
        var ratio = Measure(new WeightSqnr(), subject);

        Assert.Equal(error / elements, mse[("fc1.weight", 2)], 1e-6 * error / elements);
        Assert.Equal(10 * Math.Log10(error / weights.Sum(w => (double)w * w)), ratio[("fc1.weight", 2)], 1e-5);
        Assert.Equal(0, mse[("fc1.weight", 32)]);
        Assert.Equal(10 * Math.Log10(Math.Pow(2, -48)), ratio[("fc1.weight", 32)], 1e-12);
    }

    [Fact]
    public void Activations_are_measured_on_what_the_layer_reads()
    {
        using var subject = fixture.Subject();
        var (read, logits, labels) = LastLayer.Of(subject);
        var values = read.data<double>().ToArray();
        read.Dispose();
        logits.Dispose();
        labels.Dispose();

        // The step follows from the calibration batch: any step that is right gives the signal that both measures share.
        var (mse, ratio) = (Measure(new WeightMse(), subject)[("fc3.input", 8)], Measure(new WeightSqnr(), subject)[("fc3.input", 8)]);

        Assert.Equal(values.Average(v => v * v), mse / Math.Pow(10, ratio / 10), 1e-6 * values.Average(v => v * v));
        Assert.InRange(mse, double.Epsilon, Measure(new WeightMse(), subject)[("fc3.input", 3)]);
    }

    [Fact]
    public void One_quantized_point_moves_the_outputs_as_a_network_of_that_schedule_does()
    {
        using var scope = new TensorScope();
        using var subject = fixture.Subject();
        var (kl, mse) = (Measure(new OutputKl(), subject), Measure(new OutputMse(), subject));
        var reference = Outputs(subject, subject.Full);
        foreach (var (point, bits) in (IEnumerable<(string, int)>)[("conv1.weight", 2), ("fc2.input", 3), ("fc3.weight", 4)])
        {
            var outputs = Outputs(subject, subject.Full.With(subject.Network.IndexOf(point), new Bitwidth(bits)));
            Assert.Equal(Kl(reference, outputs), kl[(point, bits)], 1e-9);
            Assert.Equal(reference.SelectMany(r => r).Zip(outputs.SelectMany(o => o), (a, b) => (a - b) * (a - b)).Average(), mse[(point, bits)], 1e-9);
        }

        Assert.All(subject.Network.WeightPoints, p => Assert.Equal((0.0, 0.0), (kl[(p.Name, 32)], mse[(p.Name, 32)])));
        Assert.All(subject.Network.WeightPoints, p => Assert.True(kl[(p.Name, 2)] > 0));
    }

    [Fact]
    public void One_point_at_full_precision_takes_its_share_from_the_outputs_move()
    {
        using var scope = new TensorScope();
        using var subject = fixture.Subject();
        var values = Measure(new OutputKlRest(), subject);
        var reference = Outputs(subject, subject.Full);

        // At 2 bits activations are at 3, their nearest width.
        Assert.Equal([2, 2, 2, 2, 2, 3, 3, 3, 3], subject.Nearest(new Bitwidth(2)).Widths.Select(w => w.Bits));
        var all = subject.Nearest(new Bitwidth(2));
        using var network = subject.CreateCalibrated((_, i) => [all[i]], all, TestContext.Current.CancellationToken);
        var whole = Kl(reference, Outputs(subject, network));
        network.Use(all.With(1, Bitwidth.Full));
        Assert.Equal(whole - Kl(reference, Outputs(subject, network)), values[("conv2.weight", 2)], 1e-9);

        // That network is the one that fine-tuning would start from.
        Assert.Equal(whole, Kl(reference, Outputs(subject, all)), 1e-12);
        Assert.Equal(0, values[("conv2.weight", 32)]);
    }

    [Fact]
    public void Without_learning_the_step_is_the_calibrated_one()
    {
        using var subject = fixture.Subject(fixture.Plan() with { Training = SubjectFixture.Recipe with { LearningRate = 1e-12 } }, SubjectFixture.Small);
        using var network = subject.CreateFloat();
        var values = Measure(new LsqStep(), subject);
        for (var i = 0; i < network.Layers.Count; i++)
        {
            var mean = network.Layers[i].Weight.data<float>().ToArray().Average(w => Math.Abs((double)w));
            Assert.Equal(2 * mean / Math.Sqrt(7), values[($"{network.Layers[i].Name}.weight", 4)], 1e-6);
        }
    }

    [Fact]
    public void Learning_moves_the_steps()
    {
        using var still = fixture.Subject(fixture.Plan() with { Training = SubjectFixture.Recipe with { LearningRate = 1e-12 } }, SubjectFixture.Small);
        using var subject = fixture.Subject();
        Assert.All(Measure(new LsqStep(), subject).Zip(Measure(new LsqStep(), still)).Where(v => v.First.Key.Bits < 32), v => Assert.NotEqual(v.First.Value, v.Second.Value));
    }

    [Fact]
    public void Logits_separate_classes_as_the_formula_says()
    {
        using var scope = new TensorScope();
        using var subject = fixture.Subject(fixture.Plan(), SubjectFixture.Small with { LabelledImages = 120 });
        using var network = subject.CreateFloat();
        using var images = subject.LabelledImages();
        using var without = no_grad();
        var logits = network.forward(ImageBatches.Gather(images, 0, 120, subject.Data.Statistics)).data<float>().ToArray();
        var rows = new double[120, 10];
        for (var i = 0; i < logits.Length; i++)
        {
            rows[i / 10, i % 10] = logits[i];
        }

        var expected = SeparationFuzziness.Of(rows, [.. images.Labels.data<long>().Select(l => (int)l)]);

        Assert.Equal(expected, Measure(new Separability(), subject)[("fc3.weight", 32)], 1e-3 * expected);
    }

    private static Dictionary<(string Point, int Bits), double> Measure(SensitivityMeasure measure, SensitivitySubject subject) =>
        measure.Measure(subject, _ => { }, TestContext.Current.CancellationToken).ToDictionary(v => (v.Point, v.Width.Bits), v => v.Value);

    // A network under a schedule for life, calibrated as training calibrates it.
    private static double[][] Outputs(SensitivitySubject subject, Schedule schedule)
    {
        using var network = subject.Create(subject.Quantizers, schedule);
        using var course = new TrainingCourse(subject.Data, subject.Recipe, subject.Streams);
        course.Calibrate(network, TestContext.Current.CancellationToken);
        network.eval();
        return Outputs(subject, network);
    }

    private static double[][] Outputs(SensitivitySubject subject, Network network)
    {
        using var scope = new TensorScope();
        using var without = no_grad();
        using var images = subject.Images();
        var outputs = network.forward(ImageBatches.Gather(images, 0, images.Count, subject.Data.Statistics)).data<float>().ToArray();
        return [.. outputs.Chunk(10).Select(row => row.Select(v => (double)v).ToArray())];
    }

    private static double Kl(double[][] reference, double[][] outputs) => reference.Zip(outputs, (r, o) =>
    {
        var (p, q) = (Softmax(r), Softmax(o));
        return p.Zip(q, (a, b) => a * Math.Log(a / b)).Sum();
    }).Average();

    private static double[] Softmax(double[] logits)
    {
        var powers = logits.Select(l => Math.Exp(l - logits.Max())).ToArray();
        return [.. powers.Select(p => p / powers.Sum())];
    }
}
