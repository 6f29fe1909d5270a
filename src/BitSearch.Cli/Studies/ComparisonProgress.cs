using BitSearch.Comparison;
using Spectre.Console;

namespace BitSearch.Cli.Studies;

/// <summary>Shows a comparison in progress: a bar on a terminal, a line for each finished problem elsewhere.</summary>
/// <param name="console">Where to.</param>
/// <param name="design">What is compared.</param>
internal sealed class ComparisonProgress(IAnsiConsole console, ComparisonDesign design)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ComparisonCase, int> _done = design.Cases.ToDictionary(c => c, _ => 0);

    /// <summary>Shows it.</summary>
    /// <param name="work">Does the work, and tells of each problem and seed that is done, from any thread.</param>
    public T Show<T>(Func<Action<ComparisonCase, int>, T> work) => console.Profile.Capabilities.Interactive
        ? console.Progress().Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .Start(context => Bar(context.AddTask(Markup.Escape($"{design.Strategies.Count} strategies"), maxValue: _done.Count * design.Seeds), work))
        : work((@case, _) => Line(@case));

    private static T Bar<T>(ProgressTask bar, Func<Action<ComparisonCase, int>, T> work) => work((_, _) => bar.Increment(1));

    private void Line(ComparisonCase @case)
    {
        lock (_lock)
        {
            _done[@case]++;
            if (_done[@case] == design.Seeds)
            {
                console.Profile.Out.Writer.WriteLine($"{@case}: {design.Strategies.Count} strategies, {design.Seeds} seeds, {design.Trials} trials each");
            }
        }
    }
}
