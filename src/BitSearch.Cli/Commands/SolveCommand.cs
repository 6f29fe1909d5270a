using System.CommandLine;
using System.Diagnostics;
using System.Text;
using BitSearch.Allocation;
using BitSearch.Space;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch solve --table FILE</c>.</summary>
internal static class SolveCommand
{
    private const int Repeats = 11;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200); // Slower solves are timed once.

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var table = new Option<string>("--table") { Description = "Sensitivities and costs of each layer and width, a JSON file (docs/solver.md).", HelpName = "FILE", Required = true };
        var budgets = new Option<string[]>("--budget")
        {
            Description = "A limit on one of the table's costs: size=6.65MiB, bops=47GBOPs, latency=3.7ms, or the share from fewest to most bits, size=0.5. May be given several times.",
            HelpName = "COST=AMOUNT",
        };
        var pattern = new Option<string>("--pattern") { Description = "How widths relate along depth.", DefaultValueFactory = _ => Name(SchedulePattern.Free) };
        pattern.AcceptOnlyFromAmong([.. Enum.GetValues<SchedulePattern>().Select(Name)]);
        var curve = new Option<string?>("--curve") { Description = "Instead of one schedule, the best for every limit on this cost, as CSV.", HelpName = "COST" };
        var output = new Option<string?>("--output", "-o") { Description = "Where the curve goes; by default it is printed.", HelpName = "FILE" };
        var json = Shared.Json();
        var command = new Command("solve", "The schedule with the least summed sensitivity under budgets, exactly. Trains nothing.") { table, budgets, pattern, curve, output, json };
        command.SetAction(parsed =>
        {
            var (read, walk) = (SensitivityFile.Read(parsed.GetRequiredValue(table)), Enum.Parse<SchedulePattern>(parsed.GetRequiredValue(pattern), ignoreCase: true));
            var limits = (parsed.GetValue(budgets) ?? []).Select(b => LimitText.Resolve(b, read, "--budget")).ToEquatableArray();
            Check(limits, parsed.GetValue(curve), parsed.GetValue(output), parsed.GetValue(json));
            if (parsed.GetValue(curve) is { } cost)
            {
                Curve(read, walk, LimitText.MeasureOf(cost, read, "--curve"), parsed.GetValue(output), parsed.GetValue(json));
            }
            else
            {
                Solve(new AllocationProblem(read, walk, limits), parsed.GetValue(json));
            }

            return 0;
        });
        return command;
    }

    private static string Name(SchedulePattern pattern) => pattern.ToString().ToLowerInvariant();

    private static void Check(EquatableArray<CostLimit> limits, string? curve, string? output, bool json)
    {
        if (curve is null == (limits.Count == 0))
        {
            throw new PlanException("solve", curve is null ? "no budget is named" : "a curve has every budget in it", "--budget COST=AMOUNT for one schedule, or --curve COST for all");
        }

        if (output is not null && (curve is null || json))
        {
            throw new PlanException("--output", "only a curve's CSV is written to a file", "--curve COST without --json, or no --output");
        }
    }

    private static void Solve(AllocationProblem problem, bool json)
    {
        var (result, time) = Timed(() => ExactSolver.Solve(problem));
        var answer = SolveAnswer.Of(problem, result.Best ?? throw new PlanException(problem.WhyNothing(result.Certificate)), result.Certificate, time);
        if (json)
        {
            Output.Json(answer);
        }
        else
        {
            Console.Write(SolveText.Of(answer));
        }
    }

    private static void Curve(SensitivityTable table, SchedulePattern pattern, int measure, string? output, bool json)
    {
        var (curve, time) = Timed(() => ExactSolver.Curve(table, pattern, measure));
        if (json)
        {
            Output.Json(CurveAnswer.Of(table, curve, time));
            return;
        }

        var csv = SolveText.Csv(table, curve);
        if (output is null)
        {
            Console.Write(csv);
        }
        else
        {
            WriteBeside.Write(output, stream => stream.Write(Encoding.UTF8.GetBytes(csv)));
        }

        // Beside the data, not in it.
        Console.Error.WriteLine(FormattableString.Invariant($"{curve.Points.Count:N0} optima; certificate: {curve.Certificate}; {time.TotalMilliseconds:0.###} ms"));
    }

    // The first run includes compilation; the median of some more does not.
    private static (T Result, TimeSpan Time) Timed<T>(Func<T> solve)
    {
        var start = Stopwatch.GetTimestamp();
        var result = solve();
        var first = Stopwatch.GetElapsedTime(start);
        if (first > Patience)
        {
            return (result, first);
        }

        var times = Enumerable.Range(0, Repeats).Select(_ =>
        {
            var from = Stopwatch.GetTimestamp();
            solve();
            return Stopwatch.GetElapsedTime(from);
        });
        return (result, times.Order().ElementAt(Repeats / 2));
    }
}
