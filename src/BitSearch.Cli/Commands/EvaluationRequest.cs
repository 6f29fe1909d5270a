using BitSearch.Cli.Plans;
using BitSearch.Cli.Studies;
using BitSearch.Space;
using BitSearch.Torch;
using BitSearch.Torch.Data;
using BitSearch.Torch.Export;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Training;
using BitSearch.Trials;

namespace BitSearch.Cli.Commands;

/// <summary>What to evaluate on which images.</summary>
/// <param name="File">A packed or a schedule file; null: a network at full precision.</param>
/// <param name="NetworkName">That network.</param>
/// <param name="Width">The factor on its channels; null: 1.</param>
/// <param name="Weights">Weights for a schedule file or the network.</param>
/// <param name="Data">The data set; null: the one that has such images and classes as the file's network.</param>
/// <param name="DataFolder">Where its files lie.</param>
/// <param name="Split"><c>test</c>, <c>validation-half</c> or <c>test-half</c>.</param>
internal sealed record EvaluationRequest(string? File, string? NetworkName, double? Width, string? Weights, string? Data, string? DataFolder, string Split)
{
    // Post-training quantization: batches of training images that set ranges and re-estimate norms.
    private const int CalibrationBatch = 128;
    private const int NormBatches = 20;

    /// <summary>The data set.</summary>
    /// <exception cref="PlanException">It is unknown, or none is named and several or none would do.</exception>
    public IDataset Dataset()
    {
        if (File is not null)
        {
            Refuse(NetworkName is not null, "--network");
            Refuse(Width is not null, "--width");
            Refuse(Weights is not null && IsPacked(File), "--weights");
        }

        if (Data is not null)
        {
            return Components.Datasets.Create(Data, "--data");
        }

        var (input, classes) = FileShape();
        var fitting = Components.Datasets.All().Select(d => d.Component)
            .Where(d => d.ClassCount == classes && input.SequenceEqual([d.Shape.Channels, d.Shape.Height, d.Shape.Width])).ToList();
        return fitting.Count == 1 ? fitting[0] : throw new PlanException(
            "--data", "no data set is named", $"one of {string.Join(", ", Components.Datasets.Names)}");
    }

    /// <summary>Loads the images.</summary>
    /// <exception cref="PlanException">The data set's files are missing or wrong.</exception>
    public DataSplits Load(IDataset set, CancellationToken cancellationToken) => set
        .Load(new DataRequest(DataFolder, ValidationCount: 0, WeightsSawTraining: Split != "test"), cancellationToken);

    /// <summary>The network in evaluation mode, and what it is for people. The caller disposes it.</summary>
    /// <exception cref="PlanException">Files are missing or wrong, or do not fit the images.</exception>
    public (Network Network, string What) Network(DataSplits data, CancellationToken cancellationToken)
    {
        var (network, what) = Make(data, cancellationToken);
        var shape = new long[] { data.Test.Channels, data.Test.Height, data.Test.Width };
        if (!network.Spec.Input.SequenceEqual(shape) || network.Spec.Classes != data.Classes.Count)
        {
            network.Dispose();
            throw new PlanException(
                "--data",
                $"the images are [{string.Join(", ", shape)}] in {data.Classes.Count} classes",
                $"{network.Description.Name} of {File} reads [{string.Join(", ", network.Spec.Input)}] in {network.Spec.Classes} classes");
        }

        network.eval();
        return (network, what);
    }

    private (Network Network, string What) Make(DataSplits data, CancellationToken cancellationToken)
    {
        if (File is null)
        {
            var name = NetworkName ?? throw new PlanException("evaluate", "there is nothing to evaluate", "a packed or schedule file, or --network NAME --weights FILE");
            var factory = NetworkFactory.Catalog.Create(name, "--network");
            var spec = new NetworkSpec([data.Test.Channels, data.Test.Height, data.Test.Width], data.Classes.Count, Width ?? 1);
            var network = factory.CreateFloat(spec, Nonlinearity.Relu, seed: 0);
            using var weights = SafetensorsFile.Read(Weights
                ?? throw new PlanException("--weights", "the network has no weights", "a safetensors file"));
            network.Load(weights);
            return (network, $"{name} at full precision");
        }

        if (!IsPacked(File))
        {
            return Scheduled(ScheduleFile.Read(File), data, cancellationToken);
        }

        var packed = PackedFile.Read(File);
        return (packed.ToNetwork(), FormattableString.Invariant($"{packed.Network.Name}, {packed.Ledger.Total.Bytes:N0} bytes"));
    }

    // Weights trained under this schedule are used as they are, others are quantized without training: some quantizers
    // learn no step sizes, so the file has to say what it was trained under. Step sizes of another schedule mean nothing here.
    private (Network Network, string What) Scheduled(ScheduleFile schedule, DataSplits data, CancellationToken cancellationToken)
    {
        var quantizers = QuantizerPair.Parse(schedule.Quantizer, $"{File}: quantizer");
        var network = NetworkFactory.Catalog.Create(schedule.Network, $"{File}: network").Create(schedule.Spec(), quantizers, schedule.Widths(), seed: 0);
        using var weights = SafetensorsFile.Read(Weights ?? schedule.WeightsBeside(File!) ?? throw new PlanException(
            $"{File}: weights",
            schedule.Weights is null ? "the file names no trained weights" : $"the trained weights '{schedule.Weights}' are not there",
            "--weights FILE, or evaluate the packed file, which brings its own"));
        var (trainedUnder, own) = (weights.Metadata.GetValueOrDefault(TrainingEvaluator.ScheduleNote), network.Schedule.ToString());
        var hasSteps = weights.Names.Any(Torch.Models.Network.IsQuantizerState);
        if (hasSteps && trainedUnder is not null && trainedUnder != own)
        {
            throw new PlanException(weights.Path, $"its step sizes were learned under another schedule, {trainedUnder}", $"weights trained under {own}, or float weights");
        }

        network.Load(weights);
        if (hasSteps || trainedUnder == own || network.Schedule.Widths.All(w => w.IsFull))
        {
            return (network, FormattableString.Invariant($"{schedule.Network} {schedule.Bytes:N0} bytes, trained"));
        }

        var batches = TrainingBatches.Plain(data.Train, data.Statistics, CalibrationBatch, new SeededRandom(0));
        using (var scope = new TensorScope())
        {
            network.Calibrate(batches.Next().Images);
            network.ReestimateNorms(Enumerable.Range(0, NormBatches).Select(_ => batches.Next().Images), cancellationToken);
        }

        return (network, FormattableString.Invariant($"{schedule.Network} {schedule.Bytes:N0} bytes, quantized after training without fine-tuning"));
    }

    // What would be ignored is not accepted.
    private void Refuse(bool given, string option)
    {
        if (given)
        {
            throw new PlanException(option, $"{File} brings its own", $"leave {option} out, or the file");
        }
    }

    private (EquatableArray<long> Input, int Classes) FileShape()
    {
        if (File is null)
        {
            return ([], 0);
        }

        if (IsPacked(File))
        {
            var network = PackedFile.Read(File).Network;
            return (network.Input, network.Classes);
        }

        var schedule = ScheduleFile.Read(File);
        return (schedule.Spec().Input, schedule.Classes);
    }

    private static bool IsPacked(string path)
    {
        try
        {
            using var stream = System.IO.File.OpenRead(path);
            var start = new byte[PackedLayout.Magic.Length];
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && PackedLayout.Magic.SequenceEqual(start);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, $"cannot be read: {e.Message}", "the path of a packed or schedule file");
        }
    }
}
