using System.Globalization;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Training;
using BitSearch.Trials;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>What is measured: a float network, the widths of its points, quantizers, training images. No validation image is read.</summary>
public sealed class SensitivitySubject : IDisposable
{
    /// <summary>The most images computed at once.</summary>
    private const int Batch = 64;

    private readonly StudyPlan _plan;
    private readonly SafetensorsFile _weights;

    /// <summary>Reads the weights.</summary>
    /// <param name="plan">Says network, quantizers, recipe (for calibration and fine-tuning) and seed.</param>
    /// <param name="network">The points with the widths to measure, as <see cref="Widths"/> gathers them.</param>
    /// <param name="data">The images; stay the caller's.</param>
    /// <param name="weights">A safetensors file of float weights.</param>
    /// <param name="settings">How much work is put into it.</param>
    /// <exception cref="PlanException">The settings are wrong, or the weights are missing or no weights of this network.</exception>
    public SensitivitySubject(StudyPlan plan, NetworkDescription network, DataSplits data, string weights, SensitivitySettings settings)
    {
        if (settings.Check().ToArray() is { Length: > 0 } problems)
        {
            throw new PlanException(problems);
        }

        (_plan, Network, Data, Settings) = (plan, network, data, settings);
        (Factory, Spec, Quantizers) = (NetworkFactory.Catalog.Create(plan.Network.Name, "network.name"), TrainingEvaluator.SpecOf(plan.Network, data), QuantizerPair.Of(plan.Quantizer));
        _weights = SafetensorsFile.Read(weights);
        WeightsFingerprint = Checkpoint.Digest(_weights.Names.ToDictionary(n => n, n => _weights[n].Values));
        using var check = CreateFloat();
    }

    /// <summary>The points with all widths that are measured.</summary>
    public NetworkDescription Network { get; }

    /// <summary>How much work is put into it.</summary>
    public SensitivitySettings Settings { get; }

    /// <summary>SHA-256 over the weights' content.</summary>
    public string WeightsFingerprint { get; }

    /// <summary>How schedules are trained; says how quantizers are calibrated.</summary>
    public Recipe Recipe => _plan.Training;

    internal NetworkFactory Factory { get; }

    internal NetworkSpec Spec { get; }

    internal QuantizerPair Quantizers { get; }

    internal DataSplits Data { get; }

    internal TrainingStreams Streams => new(new Seed(_plan.Seed), Repeat: 0);

    /// <summary>The settings of calibration and the number of images, for <see cref="SensitivityMeasure.Settings"/>.</summary>
    internal string CalibrationAndImages => string.Create(
        CultureInfo.InvariantCulture, $"calibration batch {Recipe.Batch}, batches {Recipe.CalibrationBatches}, subset {Recipe.Subset}, images {Settings.Images}");

    /// <summary>What decides every measure, by name.</summary>
    internal IReadOnlyDictionary<string, string> Origin => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["network"] = string.Create(CultureInfo.InvariantCulture, $"{_plan.Network.Name}, width {Spec.WidthMultiplier:R}, images [{string.Join(", ", Spec.Input)}], classes {Spec.Classes}"),
        ["weights"] = WeightsFingerprint,
        ["data"] = Data.Fingerprint,
        ["quantizers"] = Quantizers.Name,
        ["widths"] = string.Join("; ", Network.Points.Select(p => $"{p.Name} {string.Join(' ', p.Widths)}")),
        ["seed"] = _plan.Seed.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The network of some spaces, each point with every width that one of them allows.</summary>
    /// <param name="spaces">At least one, all of one network; the first says ties and exemptions.</param>
    public static NetworkDescription Widths(IReadOnlyList<SearchSpace> spaces) => spaces[0].Network with
    {
        Points = spaces[0].Network.Points.Select((p, i) => p with
        {
            Widths = spaces.SelectMany(s => s.Network.Points[i].Widths).Distinct().Order().ToEquatableArray(),
        }).ToEquatableArray(),
    };

    /// <summary>The float network in evaluation mode; the caller's to dispose.</summary>
    internal Network CreateFloat() => Filled(Factory.CreateFloat(Spec, Quantizers.Nonlinearity, seed: 0));

    /// <summary>A network under any quantizers and a schedule for life, not calibrated; the caller's to dispose.</summary>
    internal Network Create(QuantizerPair quantizers, Schedule schedule) => Filled(Factory.Create(Spec, quantizers, schedule, seed: 0));

    /// <summary>
    /// A network that changes schedules, calibrated under one as at the start of its fine-tuning, in evaluation mode; the
    /// caller's to dispose. Its norms keep the statistics of full precision.
    /// </summary>
    /// <param name="widths">The widths below full precision that a point is to have; full precision it always has.</param>
    /// <param name="schedule">Under which ranges are set; in use first.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    internal Network CreateCalibrated(Func<QuantizationPoint, int, IEnumerable<Bitwidth>> widths, Schedule schedule, CancellationToken cancellationToken)
    {
        var network = Filled(Factory.CreateShared(
            Spec, Quantizers, p => widths(p, Network.IndexOf(p.Name)).Where(w => !w.IsFull).Append(Bitwidth.Full), seed: 0));
        network.Use(schedule);
        using var course = new TrainingCourse(Data, Recipe, Streams);
        course.Calibrate(network, cancellationToken);
        network.eval();
        return network;
    }

    /// <summary>The float network whose points have quantizers of all their widths aside, each calibrated on float values.</summary>
    internal Network CreateCalibrated(CancellationToken cancellationToken) =>
        CreateCalibrated((_, i) => Network.Points[i].Widths, Full, cancellationToken);

    /// <summary>Full precision everywhere.</summary>
    internal Schedule Full => Schedule.Homogeneous(Network.Points.Count, Bitwidth.Full);

    /// <summary>The images that are measured on: random training images, in batches, the same for all measures. The caller's to dispose.</summary>
    internal ImageSet Images() => Data.Train.Subset(Settings.Images, new Seed(_plan.Seed).Stream("sensitivity images"));

    /// <summary>The images on which classes are told apart; the caller's to dispose.</summary>
    internal ImageSet LabelledImages() => Data.Train.Subset(Settings.LabelledImages, new Seed(_plan.Seed).Stream("sensitivity labelled images"));

    /// <summary>Consecutive batches, all about as large: libtorch convolves fewer than 17 images in another, slower way.</summary>
    /// <param name="images">How many in all.</param>
    /// <param name="most">The most in a batch.</param>
    internal static IReadOnlyList<(int Start, int Count)> Batches(int images, int most = Batch)
    {
        var batches = (images + most - 1) / most;
        return [.. Enumerable.Range(0, batches).Select(i => (Start: images * i / batches, End: images * (i + 1) / batches)).Select(b => (b.Start, b.End - b.Start))];
    }

    /// <summary>Goes through images batch by batch, each within a scope of its own.</summary>
    /// <param name="images">The images.</param>
    /// <param name="report">Hears of each batch that is done.</param>
    /// <param name="read">Takes the prepared pixels, and which images they are.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    internal void EachBatch(ImageSet images, Action<MeasuringProgress> report, Action<Tensor, int, int> read, CancellationToken cancellationToken)
    {
        var batches = Batches(images.Count);
        for (var i = 0; i < batches.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            var (start, count) = batches[i];
            read(ImageBatches.Gather(images, start, count, Data.Statistics), start, count);
            report(new MeasuringProgress(i + 1, batches.Count));
        }
    }

    /// <summary>The random stream of a measure's part.</summary>
    internal Random Stream(string purpose, int number) => new Seed(_plan.Seed).Stream(purpose, number);

    /// <summary>Every width below full precision that some point has, ascending.</summary>
    internal IReadOnlyList<Bitwidth> AllWidths => [.. Network.Points.SelectMany(p => p.Widths).Where(w => !w.IsFull).Distinct().Order()];

    /// <summary>Every point at a width, or at its own nearest one; of two as near the wider.</summary>
    internal Schedule Nearest(Bitwidth width) => new(Network.Points
        .Select(p => p.Widths.MinBy(w => (Math.Abs(w.Bits - width.Bits), -w.Bits))).ToEquatableArray());

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _weights.Dispose();

    private Network Filled(Network network)
    {
        try
        {
            network.Load(_weights);
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
