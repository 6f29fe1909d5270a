namespace BitSearch.Reports;

/// <summary>
/// Decides which schedules are read on the test split. First the candidates, at most the plan's number of finalists: the
/// best under the study's budget, the best under each further budget, each arm's best under the study's budget. Then the
/// references, which do not count against that number: the best homogeneous schedule within the study's budget and the
/// full-precision one. All are picked by validation error alone, so the readings stay unbiased.
/// </summary>
public static class FinalistRules
{
    internal static EquatableArray<Finalist> Choose(
        int most, EquatableArray<BudgetAnswer> answers, EquatableArray<ArmReport> arms, ReportedSchedule? fullPrecision)
    {
        var chosen = new List<(ReportedSchedule Schedule, List<string> Reasons)>();
        Add(answers[0].Best, answers[0].Budget.IsLimited ? $"best within {answers[0].Budget.Text}" : "best of all", reference: false);
        foreach (var answer in answers.Skip(1))
        {
            Add(answer.Best, $"best within {answer.Budget.Text}", reference: false);
        }

        foreach (var arm in arms.Where(a => a.Plan is not null))
        {
            Add(arm.Best, $"best of arm {arm.Name}", reference: false);
        }

        Add(answers[0].BestHomogeneous, "best homogeneous", reference: true);
        Add(fullPrecision, "full precision", reference: true);
        return chosen.Select(f => new Finalist(f.Schedule, f.Reasons.ToEquatableArray())).ToEquatableArray();

        void Add(ReportedSchedule? schedule, string reason, bool reference)
        {
            if (schedule is null)
            {
                return;
            }

            if (chosen.FirstOrDefault(f => f.Schedule.Schedule == schedule.Schedule).Reasons is { } reasons)
            {
                reasons.Add(reason);
            }
            else if (reference || chosen.Count < most)
            {
                chosen.Add((schedule, [reason]));
            }
        }
    }
}
