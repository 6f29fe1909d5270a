using BitSearch.Cli.Tests.Commands;
using BitSearch.Torch.Tests;

namespace BitSearch.Cli.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("", "bitsearch: Required command was not provided.\nbitsearch: usage: 'bitsearch --help'\n")]
    [InlineData("rnu", "bitsearch: the command 'rnu' is unknown; did you mean 'run'? commands are run, plan, sensitivity, separability, solve, compare-strategies, ablate, report, show, compare, explain, results, verify-results, export, train, evaluate, data, doctor, schema, completion\nbitsearch: usage: 'bitsearch --help'\n")]
    [InlineData("data lst", "bitsearch: the command 'lst' is unknown; did you mean 'list'? commands are list, check, fetch\nbitsearch: usage: 'bitsearch data --help'\n")]
    [InlineData("run", "bitsearch: Required argument 'plan' missing for command: 'run'.\nbitsearch: usage: 'bitsearch run --help'\n")]
    [InlineData("run a.yaml --fast", "bitsearch: Unrecognized command or argument '--fast'.\nbitsearch: usage: 'bitsearch run --help'\n")]
    [InlineData("run a.yaml", "bitsearch: a.yaml: cannot be read: Could not find file 'PWD/a.yaml'.; name a plan (YAML), such as search-spaces/quickstart.yaml\n")]
    [InlineData("evaluate --network resnet20", "bitsearch: --data: no data set is named; one of cifar10, digits, fashion-mnist\n")]
    [InlineData("data check mnist", "bitsearch: data check: 'mnist' is unknown; known are cifar10, digits, fashion-mnist\n")]
    public async Task A_mistake_is_a_line_on_standard_error_and_exit_2(string arguments, string said)
    {
        using var folder = new TemporaryFolder();

        var result = await BitSearchProcess.RunAsync(folder.Root, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, "", said.Replace("PWD", folder.Root, StringComparison.Ordinal)), (result.Exit, result.Out, result.Error));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    [Fact]
    public async Task Names_in_files_do_not_command_the_terminal()
    {
        using var folder = new TemporaryFolder();
        const string header = """{"\u001b[31mred\u0007":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""";
        folder.Write("hostile.safetensors", [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.ASCII.GetBytes(header)]);

        var refused = await BitSearchProcess.RunAsync(
            folder.Root, "evaluate", "--network", "lenet5", "--data", "digits", "--weights", "hostile.safetensors");

        Assert.Equal(2, refused.Exit);
        Assert.Contains("red", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Error, c => char.IsControl(c) && c != '\n');
    }

    [Theory]
    [InlineData("--help", "Commands:")]
    [InlineData("run --help", "--results")]
    [InlineData("sensitivity --help", "separability")]
    [InlineData("--version", "1.")]
    [InlineData("schema", "\"$schema\"")]
    [InlineData("completion bash", "complete -o default")]
    [InlineData("completion zsh", "compdef")]
    [InlineData("completion fish", "complete -c bitsearch")]
    [InlineData("data list --json", "\"fashion-mnist\"")]
    [InlineData("doctor --json", "libtorch")]
    [InlineData("[suggest:14] bitsearch-cli|", "evaluate")]
    [InlineData("[suggest:16] bitsearch-cli|ru", "run")]
    public async Task What_asks_for_no_study_is_answered(string arguments, string said)
    {
        using var folder = new TemporaryFolder();

        var result = await BitSearchProcess.RunAsync(folder.Root, [.. arguments.Split(' ').Select(a => a.Replace('|', ' '))]);

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Contains(said, result.Out, StringComparison.Ordinal);
    }
}
