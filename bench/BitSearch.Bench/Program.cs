using BitSearch;
using BitSearch.Bench.Groups;
using BitSearch.Bench.Harness;
using BitSearch.Bench.Memory;
using BitSearch.Bench.Race;
using BitSearch.Bench.Repair;
using BitSearch.Bench.Work;

// BitSearch.Bench [GROUP]... [--rounds N]   measures groups, all of them by default
// BitSearch.Bench memory                    resident size after 20 and after 500 trials
// BitSearch.Bench repair                    where the two ways of repairing proposals take bits away
// BitSearch.Bench race PLAN PEER.csv        BitSearch on a plan against the peer's search
// BitSearch.Bench sizes NETWORK             the packed file's size as a JSON table, for bench/peers
var groups = new Dictionary<string, Func<BenchmarkGroup>>
{
    ["kernels"] = KernelGroup.Open,
    ["step"] = StepGroup.Open,
    ["workers"] = WorkersGroup.Open,
    ["startup"] = StartupGroup.Open,
    ["trials"] = TrialsGroup.Open,
    ["solver"] = SolverGroup.Open,
    ["search"] = SearchGroup.Open,
};

try
{
    switch (args)
    {
        case ["sizes", var network]:
            Console.WriteLine(SizeTable.Of(network));
            break;
        case ["memory"]:
            MemoryRun.Run();
            break;
        case ["repair"]:
            RepairRun.Run();
            break;
        case ["race", var plan, var peer]:
            RaceRun.Run(plan, peer);
            break;
        case [WorkerProcess.Command, var workers, var threads]:
            WorkerProcess.Run(int.Parse(workers), int.Parse(threads));
            break;
        case [.. var names, "--rounds", var rounds]:
            Measure(names, int.TryParse(rounds, out var count) && count > 0
                ? count
                : throw new PlanException("--rounds", $"'{rounds}' is no number of rounds", "1 or more"));
            break;
        default:
            Measure(args, null);
            break;
    }

    return 0;
}
catch (PlanException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

void Measure(string[] names, int? rounds)
{
    var unknown = names.Where(n => !groups.ContainsKey(n)).Select(n => new Problem(n, "is no group", string.Join(", ", groups.Keys))).ToList();
    if (unknown.Count > 0)
    {
        throw new PlanException(unknown);
    }

    foreach (var name in names.Length > 0 ? names : [.. groups.Keys])
    {
        using var group = groups[name]();
        GroupRun.Run(group, rounds);
    }
}
