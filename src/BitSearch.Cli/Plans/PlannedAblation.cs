using BitSearch.Ablation;

namespace BitSearch.Cli.Plans;

/// <summary>An ablation's plan and what it means, before anything is measured.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Study">What is trained: a study with an arm for each pattern that says itself what its schedules are.</param>
internal sealed record PlannedAblation(AblationPlan Plan, PlannedStudy Study)
{
    /// <summary>The plan as flat fields, in the order of the plan.</summary>
    public IReadOnlyDictionary<string, string> Fields
    {
        get
        {
            var fields = new OrderedDictionary<string, string>();
            AblationShape.Plan.Flatten("", Plan, fields);
            return fields;
        }
    }
}
