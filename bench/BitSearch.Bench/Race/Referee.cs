using System.Globalization;
using BitSearch.Bench.Harness;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch;
using BitSearch.Torch.Data;
using BitSearch.Torch.Training;
using BitSearch.Trials;

namespace BitSearch.Bench.Race;

/// <summary>
/// Scores schedules of both searches alike: the same fine-tune from the float weights, the same seed, the same validation
/// images, whoever proposed them. Its time counts for neither.
/// </summary>
internal sealed class Referee : IDisposable
{
    private static readonly Recipe Recipe = new()
    {
        LearningRate = 0.01,
        Steps = 40,
        Batch = 128,
        Subset = 5120,
        ReestimateBatchNorm = 10,
        Flip = true,
        Crop = 4,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bitsearch-referee-");
    private readonly DataSplits _data = new Cifar10().Load(new DataRequest(null, null, WeightsSawTraining: true), CancellationToken.None);

    /// <summary>The validation errors of schedules.</summary>
    public IReadOnlyDictionary<Schedule, double> Score(IReadOnlyCollection<Schedule> schedules)
    {
        using var evaluator = new TrainingEvaluator(Plan(), _data, Repository.PretrainedResNet20, _folder.FullName);
        var scores = new Dictionary<Schedule, double>();
        var waiting = new Queue<(int Number, Schedule Schedule)>(schedules.Select((s, i) => (i, s)));
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        return scores;

        void Work()
        {
            TorchRuntime.Initialise();
            while (Next() is { } next)
            {
                var outcome = evaluator.Evaluate(new Evaluation(next.Number, next.Schedule, 0), _ => { }, CancellationToken.None);
                lock (scores)
                {
                    scores[next.Schedule] = ((TrialOutcome.Completed)outcome).ErrorRate;
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"referee: {scores.Count} of {schedules.Count}"));
                }
            }
        }

        (int Number, Schedule Schedule)? Next()
        {
            lock (waiting)
            {
                return waiting.TryDequeue(out var next) ? next : null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    private static StudyPlan Plan() => new()
    {
        Name = "referee",
        Data = new DataPlan("cifar10"),
        Network = new NetworkPlan("resnet20"),
        Space = new SpaceRules([]),
        Training = Recipe,
        Arms = [],
    };
}
