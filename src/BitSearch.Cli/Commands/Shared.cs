using System.CommandLine;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Storage;

namespace BitSearch.Cli.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class Shared
{
    /// <summary>Where studies are kept unless something else is said.</summary>
    public const string DefaultResults = "results";

    /// <summary>The plan's path.</summary>
    public static Argument<string> Plan() => new("plan") { Description = "The study's plan, a YAML file (see search-spaces/)." };

    /// <summary>A study that was run.</summary>
    public static Argument<string> Study() => new("study") { Description = "The study: its plan (YAML), its folder, or its name." };

    /// <summary>Where studies are kept.</summary>
    public static Option<string> Results() => new("--results")
    {
        Description = "The folder that holds a folder for each study.",
        DefaultValueFactory = _ => DefaultResults,
        HelpName = "DIR",
    };

    /// <summary>How many trials run at once; see <see cref="RunCommand.Workers"/>.</summary>
    public static Option<int?> Workers() =>
        new("--workers") { Description = "How many trials run at once, one thread each; results are the same. By default one a physical core.", HelpName = "N" };

    /// <summary>Whether to say more.</summary>
    public static Option<bool> Verbose() => new("--verbose") { Description = "Show the log on standard error, and log every training step." };

    /// <summary>For scripts.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON, for scripts." };

    /// <summary>Reads a plan and works it out.</summary>
    /// <exception cref="PlanException">The plan is wrong; every mistake is named.</exception>
    public static PlannedStudy Design(string plan) => PlanFile.Open(plan);

    /// <summary>Where a study keeps what it finds: <c>RESULTS/NAME</c>.</summary>
    public static StudyFolder Folder(PlannedStudy study, string results) => new(Path.Combine(results, study.Plan.Name));
}
