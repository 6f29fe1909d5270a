using System.Diagnostics;
using System.Globalization;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Trials;

namespace BitSearch.Torch.Training;

/// <summary>One network whose layers serve every allowed width, trained once for a study.</summary>
/// <param name="Network">The shared network, in evaluation mode; the owner disposes it.</param>
/// <param name="Time">How long its training took, whenever that was.</param>
/// <param name="Found">Whether it was there already.</param>
public sealed record SharedWeights(Network Network, TimeSpan Time, bool Found) : IDisposable
{
    private const string SecondsKey = "seconds";

    /// <summary>Trains the shared weights, or reads those that the same request gave before.</summary>
    /// <param name="plan">Network, quantizers, recipe, seed.</param>
    /// <param name="sandwich">The schedules to serve.</param>
    /// <param name="data">The images.</param>
    /// <param name="weights">Full-precision weights to start from.</param>
    /// <param name="path">The file in which they are kept.</param>
    /// <param name="workers">How many schedules are computed at once; the result is the same.</param>
    /// <param name="report">Hears of progress.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="PlanException">A training that diverges, weights of another network, or a disk that refuses.</exception>
    /// <exception cref="OperationCanceledException">A stop was requested; nothing was written.</exception>
    public static SharedWeights Obtain(
        StudyPlan plan,
        Sandwich sandwich,
        DataSplits data,
        string weights,
        string path,
        int workers,
        Action<TrainingProgress> report,
        CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        var start = Stopwatch.GetTimestamp();
        var (factory, spec, quantizers) = (NetworkFactory.Catalog.Create(plan.Network.Name, "network.name"), TrainingEvaluator.SpecOf(plan.Network, data), QuantizerPair.Of(plan.Quantizer));
        var shared = plan.Shared!;
        using var file = SafetensorsFile.Read(weights);
        var identity = Checkpoint.Identity(
            "shared", data.Fingerprint, plan.Network.Name, spec, quantizers.Name, shared, new Seed(plan.Seed), sandwich.Random, string.Join('\n', sandwich.Spaces),
            Checkpoint.Digest(file.Names.ToDictionary(n => n, n => file[n].Values)));
        var replicas = Enumerable.Range(0, Math.Clamp(workers, 1, shared.Random + 2)).Select(_ => Replica()).ToList();
        if (Checkpoint.Read(path, replicas[0], identity) is { } notes)
        {
            Drop(replicas.Skip(1));
            replicas[0].eval();
            return new SharedWeights(replicas[0], TimeSpan.FromSeconds(double.Parse(notes[SecondsKey], CultureInfo.InvariantCulture)), Found: true);
        }

        SharedTrainer.Fit(replicas, data, shared.Recipe, sandwich, new TrainingStreams(new Seed(plan.Seed), Repeat: 0), report, cancellationToken);
        Drop(replicas.Skip(1));
        var time = Stopwatch.GetElapsedTime(start);
        Checkpoint.Write(path, replicas[0], identity, new Dictionary<string, string> { [SecondsKey] = time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture) });
        return new SharedWeights(replicas[0], time, Found: false);

        Network Replica()
        {
            var network = factory.CreateShared(spec, quantizers, sandwich.WidthsOf, seed: 0);
            network.Load(file);
            return network;
        }

        static void Drop(IEnumerable<Network> networks)
        {
            foreach (var network in networks)
            {
                network.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
