using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>Computes a <see cref="StudyReport"/> from its facts.</summary>
internal sealed class ReportAnalysis
{
    private readonly StudyFacts _facts;
    private readonly MemorySize _full;
    private readonly ReferencePoint _reference;
    private readonly List<ReportedSchedule> _schedules;
    private readonly List<ReportedSchedule> _front;

    public ReportAnalysis(StudyFacts facts)
    {
        _facts = facts;
        var ledger = Ledger.Of(facts.Network, Schedule.Homogeneous(facts.Network.Points.Count, Bitwidth.Full));
        _full = ledger.Total;
        var largest = facts.Budget.IsLimited ? facts.Budget.Budget.Limit
            : facts.Plan.Budget.Of == BudgetMeasure.Artifact ? ledger.Total : ledger.Weights;
        _reference = new ReferencePoint(largest, 1 - (1.0 / facts.Network.Classes));
        var measured = Measured();
        var front = SizeErrorFront.Of(measured).Select(s => s.Schedule).ToHashSet();
        _schedules = [.. measured.Select(s => s with { OnFront = front.Contains(s.Schedule) })];
        _front = SizeErrorFront.Of(_schedules);
    }

    public StudyReport Report()
    {
        var answers = new[] { _facts.Budget }.Concat(_facts.FurtherBudgets).Select(Answer).ToEquatableArray();
        var arms = _facts.Plan.Arms.Select(a => a.Name)
            .Concat(_facts.History.Trials.Select(t => t.Arm).Order(StringComparer.Ordinal)).Distinct().Select(Arm).ToEquatableArray();
        var full = _schedules.FirstOrDefault(s => s.IsFullPrecision);
        var finalists = FinalistRules.Choose(_facts.Plan.Finalists, answers, arms, full);
        return new StudyReport
        {
            Facts = _facts,
            Schedules = _schedules.ToEquatableArray(),
            Arms = arms,
            Front = _front.ToEquatableArray(),
            Reference = _reference,
            Hypervolume = SizeErrorFront.Hypervolume(_front, _reference),
            Knee = SizeErrorFront.Knee(_front),
            Answers = answers,
            Homogeneous = _schedules.Where(s => s.Homogeneous is not null).OrderBy(s => s.Size).ThenBy(s => s.Trial).Select(Compare).ToEquatableArray(),
            Finalists = finalists,
            Rungs = RungReport.Of(_facts).ToEquatableArray(),
            Replicated = ReplicatedReport.Of(_facts, _schedules),
            Gaps = SelectionGap.Of(_facts, finalists, full).ToEquatableArray(),
            Curves = LearningCurve.Of(_facts, _schedules, finalists).ToEquatableArray(),
            FullPrecisionArtifact = _full,
        };
    }

    /// <summary>Fewest errors, then fewest bytes, then the lowest number.</summary>
    private static ReportedSchedule? BestOf(IEnumerable<ReportedSchedule> schedules) =>
        schedules.OrderBy(s => s.ErrorRate).ThenBy(s => s.Size).ThenBy(s => s.Trial).FirstOrDefault();

    private List<ReportedSchedule> Measured()
    {
        var arms = _facts.History.Trials.ToLookup(t => t.Schedule, t => t.Arm);
        return [.. _facts.History.Scores.OrderBy(s => s.First.Number).Select(score =>
        {
            var size = score.First.Size(_facts.Plan.Budget.Of);
            return new ReportedSchedule(score, size, ScheduleText.Of(_facts.Network, score.Schedule))
            {
                Arms = arms[score.Schedule].Distinct().ToEquatableArray(),
                Homogeneous = HomogeneousLabel.Of(_facts.Network, score.Schedule, arms[score.Schedule].Contains(Trial.BaselineArm)),
                MeanBits = MeanBits(score.Schedule),
                ValidationInterval = _facts.ValidationImages is > 0 and var n
                    ? WilsonInterval.Of((int)Math.Round(score.MeanErrorRate * n), n) : null,
                Test = _facts.Tests.GetValueOrDefault(score.First.Number),
                WithinBudget = score.First.Size(_facts.Budget.Budget.Of) <= _facts.Budget.Budget.Limit,
            };
        })];
    }

    private double MeanBits(Schedule schedule)
    {
        var points = _facts.Network.Points;
        var bits = Enumerable.Range(0, points.Count).Where(i => points[i].Kind == PointKind.Weight)
            .Sum(i => (double)points[i].Elements * schedule[i].Bits);
        return bits / _facts.Network.WeightElements;
    }

    private BudgetAnswer Answer(NamedBudget budget)
    {
        var fitting = _schedules.Where(s => s.Score.First.Size(budget.Budget.Of) <= budget.Budget.Limit).ToList();
        return new BudgetAnswer(budget, BestOf(fitting), BestOf(fitting.Where(s => s.Homogeneous is not null)));
    }

    private HomogeneousComparison Compare(ReportedSchedule homogeneous)
    {
        var mixed = _schedules.Where(s => s.Homogeneous is null && s.Size <= homogeneous.Size).ToList();
        var smaller = mixed.Where(s => s.ErrorRate <= homogeneous.ErrorRate && s.Size < homogeneous.Size)
            .OrderBy(s => s.Size).ThenBy(s => s.ErrorRate).ThenBy(s => s.Trial).FirstOrDefault();
        return new HomogeneousComparison(homogeneous, smaller, BestOf(mixed.Where(s => s.ErrorRate < homogeneous.ErrorRate)));
    }

    private ArmReport Arm(string name)
    {
        var trials = _facts.History.Trials.Where(t => t.Arm == name).ToList();
        var own = trials.Select(t => t.Schedule).ToHashSet();
        var schedules = _schedules.Where(s => own.Contains(s.Schedule)).ToList();
        return new ArmReport(name, _facts.Plan.Arms.FirstOrDefault(a => a.Name == name))
        {
            Trials = trials.Count,
            Completed = trials.Count(t => t.Completed is not null),
            Pruned = trials.Count(t => t.Outcome is TrialOutcome.Pruned),
            Failed = trials.Count(t => t.Outcome is TrialOutcome.Failed),
            Copies = trials.Count(t => t.CopyOf is not null),
            Repaired = trials.Count(t => t is { Repeat: 0, Proposed: not null }),
            RepairDepth = RepairDepths.Mean(_facts.Network, trials.Where(t => t.Repeat == 0)),
            Time = trials.Where(t => t.CopyOf is null).Aggregate(TimeSpan.Zero, (sum, t) => sum + (t.Outcome?.Duration ?? TimeSpan.Zero)),
            Front = SizeErrorFront.Of(schedules).ToEquatableArray(),
            Best = BestOf(schedules.Where(s => s.WithinBudget)),
            HypervolumeBySchedule = Volumes(trials, schedules).ToEquatableArray(),
        };
    }

    private List<double> Volumes(List<Trial> trials, List<ReportedSchedule> schedules)
    {
        var known = schedules.ToDictionary(s => s.Schedule);
        var front = new List<ReportedSchedule>();
        var volumes = new List<double>();
        foreach (var schedule in trials.Where(t => t.Outcome is not null).Select(t => t.Schedule).Distinct())
        {
            front = known.TryGetValue(schedule, out var found) ? SizeErrorFront.Of([.. front, found]) : front;
            volumes.Add(SizeErrorFront.Hypervolume(front, _reference));
        }

        return volumes;
    }
}
