using System.CommandLine;
using BitSearch.Cli.Plans;
using BitSearch.Torch;
using BitSearch.Torch.Data;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch data list|check|fetch</c>.</summary>
internal static class DataCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("data", "The data sets: what there is, whether its files are whole, getting them.") { List(), Check(), Fetch() };

    private static Command List()
    {
        var json = Shared.Json();
        var command = new Command("list", "List the data sets and where they were found.") { json };
        command.SetAction(parsed =>
        {
            var sets = Components.Datasets.All().Select(d => (Set: d.Component, Here: d.Component.Check(null))).ToList();
            if (parsed.GetValue(json))
            {
                Output.Json(sets.Select(s => new { s.Set.Name, s.Set.Description, s.Set.ClassCount, s.Here.Found, s.Here.Location, s.Here.Remedy }));
                return;
            }

            foreach (var (set, here) in sets)
            {
                Console.WriteLine($"{set.Name}: {set.Description}");
                Console.WriteLine(here.Found ? $"  found: {here.Location}" : $"  not found in {here.Location}; {here.Remedy}");
            }
        });
        return command;
    }

    private static Command Check()
    {
        var name = new Argument<string?>("name") { Description = "The data set; all that were found by default.", Arity = ArgumentArity.ZeroOrOne };
        var folder = new Option<string?>("--folder") { Description = "Where its files lie.", HelpName = "DIR" };
        var command = new Command("check", "Read a data set whole and check every file.") { name, folder };
        command.SetAction((parsed, stop) => CheckAsync(parsed.GetValue(name), parsed.GetValue(folder), stop));
        return command;
    }

    private static async Task<int> CheckAsync(string? name, string? folder, CancellationToken stop)
    {
        if (folder is not null && name is null)
        {
            throw new PlanException("--folder", "it is the folder of one data set, and none is named", $"one of {string.Join(", ", Components.Datasets.Names)}");
        }

        TorchRuntime.Initialise();
        var sets = name is null
            ? Components.Datasets.All().Select(d => d.Component).Where(d => d.Check(folder).Found).ToList()
            : [Components.Datasets.Create(name, "data check")];
        foreach (var set in sets)
        {
            using var splits = await Task.Run(() => set.Load(new DataRequest(folder), stop), stop);
            Console.WriteLine(FormattableString.Invariant($"{set.Name}: whole; {splits.Train.Count:N0} training, {splits.Validation.Count:N0} validation, {splits.Test.Count:N0} test images; fingerprint {splits.Fingerprint[..16]}"));
        }

        return 0;
    }

    private static Command Fetch()
    {
        var name = new Argument<string>("name") { Description = "The data set." };
        var folder = new Option<string?>("--folder") { Description = "Where to; by default the cache.", HelpName = "DIR" };
        var command = new Command("fetch", "Download a data set and check it against known SHA-256 hashes.") { name, folder };
        command.SetAction((parsed, stop) => FetchAsync(parsed.GetRequiredValue(name), parsed.GetValue(folder), stop));
        return command;
    }

    private static async Task<int> FetchAsync(string name, string? folder, CancellationToken stop)
    {
        var set = Components.Datasets.Create(name, "data fetch");
        using var client = new HttpClient();
        var where = await AnsiConsole.Console.Status().StartAsync($"fetching {name}", context => Downloader.FetchAsync(
            set, folder, client, new Progress<string>(text => context.Status(Markup.Escape(text))), stop));
        Console.WriteLine($"{name}: {where}");
        return 0;
    }
}
