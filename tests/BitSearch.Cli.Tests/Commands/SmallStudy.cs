using BitSearch.Torch.Tests;

namespace BitSearch.Cli.Tests.Commands;

/// <summary>A folder with a plan that takes seconds: the quickstart, reduced.</summary>
internal sealed class SmallStudy : IDisposable
{
    public const string Plan = """
        study: small
        data: { name: digits }
        network:
          name: vgg-small
          width: 0.0625
          baseline: { learningRate: 0.05, epochs: 2, batch: 32 }
        space:
          widths: [1, 2, 4]
          activations: 4
          first: { pinned: 8 }
          last: { pinned: 8 }
        budget: { limit: 0.25x, report: [0.20x] }
        training: { learningRate: 0.01, steps: 20, batch: 32, reestimateBatchNorm: 2 }
        arms:
          - { name: decreasing, pattern: decreasing, proposer: random, trials: 4 }
          - { name: free, pattern: free, proposer: random, trials: 4 }
        repeats: 2
        finalists: 2
        """;

    private readonly TemporaryFolder _folder = new();

    public SmallStudy(string plan = Plan) => File.WriteAllText(PathOf("small.yaml"), plan);

    public string Root => _folder.Root;

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>A file of the study's results.</summary>
    public string Result(string name) => PathOf($"results/small/{name}");

    public BitSearchProcess Start(params string[] arguments) => BitSearchProcess.Start(Root, arguments);

    public Task<ProcessResult> RunAsync(params string[] arguments) => BitSearchProcess.RunAsync(Root, arguments);

    /// <summary>trials.csv without its last column, the seconds.</summary>
    public string[] TrialsWithoutTimes() => [.. File.ReadAllLines(Result("trials.csv")).Select(l => l[..l.LastIndexOf(',')])];

    public void Dispose() => _folder.Dispose();
}
