using BitSearch.Torch.Tests;

namespace BitSearch.Cli.Tests.Commands;

public sealed class VerifyResultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_table_of_the_repository_follows_from_its_stored_trials_and_every_quoted_line_stands_in_its_source()
    {
        var said = await BitSearchProcess.RunAsync(
            RepositoryFile.Path("."), "verify-results", "results", "--quoted-in", "README.md", "--quoted-in", "docs/ablation.md", "--quoted-in", "docs/comparison.md");

        Assert.Equal((0, ""), (said.Exit, said.Error));
        Assert.Equal(
            Directory.EnumerateDirectories(RepositoryFile.Path("results")).Select(d => Path.GetFileName(d)).Except(["bench", "sensitivity-resnet20"]).Order(StringComparer.Ordinal),
            said.Out.Split('\n').Where(l => l.StartsWith("results/", StringComparison.Ordinal)).Select(l => l.Split(':')[0]["results/".Length..]).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain("not checked", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_number_of_a_study_is_named_with_both_values()
    {
        Copy("quickstart");
        var path = _folder.PathOf("results/quickstart/report.json");
        var text = await File.ReadAllTextAsync(path, Token);
        var start = text.IndexOf("\"hypervolume\": ", StringComparison.Ordinal) + "\"hypervolume\": ".Length;
        await File.WriteAllTextAsync(path, text[..start] + "0.5" + text[text.IndexOf(',', start)..], Token);

        var said = await BitSearchProcess.RunAsync(_folder.Root, "verify-results");

        Assert.Equal(2, said.Exit);
        Assert.Contains("results/quickstart/report.json: hypervolume is 0.5, its trials give 0.", Assert.Single(said.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_trial_changes_the_tables_of_an_ablation()
    {
        var plan = RepositoryFile.Path("search-spaces/ablation-quickstart.yaml");
        File.Copy(plan, _folder.PathOf("a.yaml"));
        await BitSearchProcess.RunAsync(_folder.Root, "ablate", "a.yaml");
        var before = await BitSearchProcess.RunAsync(_folder.Root, "verify-results");
        var path = _folder.PathOf("results/ablation-quickstart/trials.csv");
        var rows = await File.ReadAllLinesAsync(path, Token);
        var cells = rows[2].Split(',');
        (cells[8], rows[2]) = ("0.5", "");
        rows[2] = string.Join(',', cells);
        await File.WriteAllTextAsync(path, string.Join("\r\n", rows) + "\r\n", Token);
        var after = await BitSearchProcess.RunAsync(_folder.Root, "verify-results");

        Assert.Equal((0, 2), (before.Exit, after.Exit));
        Assert.Equal(
            ["ablation.json", "ablation.md"],
            after.Errors.Select(e => e.Split(" is not what its trials give")[0].Split('/')[^1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_changed_run_changes_the_summary_of_a_comparison()
    {
        Copy("comparison-table");
        var path = _folder.PathOf("results/comparison-table/comparison.csv");
        var rows = await File.ReadAllLinesAsync(path, Token);
        var cells = rows[1].Split(',');
        (cells[7], cells[9]) = ("0.1", "");
        rows[1] = string.Join(',', cells);
        await File.WriteAllLinesAsync(path, rows, Token);

        var said = await BitSearchProcess.RunAsync(_folder.Root, "verify-results");

        Assert.Equal(2, said.Exit);
        Assert.Contains(said.Errors, e => e.Contains("results/comparison-table/summary.md: '", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("comparison-table", "comparison.csv", ",random,", ",randon,", "its runs are not those of comparison.json")]
    [InlineData("comparison-table", "comparison.csv", "problem,", "\"problem,", "comparison.csv:1: is no line of a comparison: the quote in line 1 is not closed")]
    [InlineData("comparison-table", "comparison.json", "\"seeds\": 10", "\"seeds\": null", "comparison.json: BitSearch did not write it")]
    [InlineData("comparison-table", "comparison.json", "\"reached\": ", "\"reached\": 1", "comparison.json: ")]
    [InlineData("one-bit-vgg-small", "authors-against-1-bit.txt", "test: the first is better by +5.94", "test: the first is better by +6.94", "authors-against-1-bit.txt: 'test: the first is better by +6.94")]
    [InlineData("one-bit-vgg-small", "authors-against-1-bit.txt", "repeat 1: training ", "repeat 1: training 1", "authors-against-1-bit.txt: 'training less test accuracy")]
    [InlineData("one-bit-vgg-small", "authors-against-1-bit.txt", "first: 8-4", "first: 8-5", "is no trial of one-bit-vgg-small")]
    [InlineData("one-bit-vgg-small", "authors-against-1-bit.txt", "repeat 2: validation", "repeat 2: valid", "a repeat is missing")]
    [InlineData("resnet20-as-2-bits", "compare.json", "\"correct\": 4197", "\"correct\": 4198", "compare.json: pairs[0].tests[0].correct is 4198, its trials give 4197")]
    [InlineData("separability-resnet20", "separability.csv", "conv1.weight,weights,0,2718.", "conv1.weight,weights,0,18.", "separability.txt: ")]
    [InlineData("separability-resnet20", "separability.csv", "conv1.weight,weights,0,", "conv1.weight,weights,deep,", "separability.csv:2: is no line of this table: ")]
    public async Task A_damaged_file_is_named(string study, string file, string right, string wrong, string mistake)
    {
        Copy(study);
        var path = _folder.PathOf($"results/{study}/{file}");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Token)).Replace(right, wrong, StringComparison.Ordinal), Token);

        var said = await BitSearchProcess.RunAsync(_folder.Root, "verify-results");

        Assert.Equal(2, said.Exit);
        Assert.Contains(said.Errors, e => e.Contains($"{study}/{mistake}", StringComparison.Ordinal) || (e.Contains(file, StringComparison.Ordinal) && e.Contains(mistake, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_changed_layer_changes_the_text_of_an_explanation()
    {
        Copy("explain-resnet20-2-bits");
        Copy("resnet20-as-2-bits");
        var path = _folder.PathOf("results/explain-resnet20-2-bits/explanation.csv");
        var before = await BitSearchProcess.RunAsync(_folder.Root, "verify-results");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Token)).Replace("layer3.1.conv1.weight,15,36864,2,", "layer3.1.conv1.weight,15,36864,4,", StringComparison.Ordinal), Token);
        var after = await BitSearchProcess.RunAsync(_folder.Root, "verify-results");

        Assert.Equal((0, 2), (before.Exit, after.Exit));
        Assert.Contains("results/explain-resnet20-2-bits: 20 layers of resnet20-as-2-bits: the same", before.Out, StringComparison.Ordinal);
        Assert.Contains(after.Errors, e => e.Contains("Spearman's rho of depth and width", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_quoted_line_that_is_not_in_its_source_is_named()
    {
        Copy("quickstart");
        await File.WriteAllTextAsync(_folder.PathOf("text.md"), "```text results/quickstart/plan.yaml\nstudy: quickstart\nseed: 2\n```\nseed: 3\n", Token);

        var said = await BitSearchProcess.RunAsync(_folder.Root, "verify-results", "--quoted-in", "text.md");

        Assert.Equal(2, said.Exit);
        Assert.Contains("text.md quotes 'seed: 2', which is not there", Assert.Single(said.Errors), StringComparison.Ordinal);
        Assert.Contains("text.md: 2 quoted lines: 1 difference", said.Out, StringComparison.Ordinal);
    }

    private void Copy(string study)
    {
        var to = Directory.CreateDirectory(_folder.PathOf($"results/{study}")).FullName;
        foreach (var file in Directory.EnumerateFiles(RepositoryFile.Path($"results/{study}")))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
