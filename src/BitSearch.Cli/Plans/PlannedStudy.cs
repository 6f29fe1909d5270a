using System.Security.Cryptography;
using System.Text;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Quantizers;

namespace BitSearch.Cli.Plans;

/// <summary>A plan and what it means: everything that can be known without libtorch.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Text">Its YAML.</param>
/// <param name="Dataset">Its data set.</param>
/// <param name="Quantizers">Its quantizers.</param>
/// <param name="Arms">Its arms, their spaces under the budget.</param>
internal sealed record PlannedStudy(StudyPlan Plan, string Text, IDataset Dataset, QuantizerPair Quantizers, EquatableArray<StudyArm> Arms)
{
    /// <summary>What the plan's budget comes to.</summary>
    public required NamedBudget Budget { get; init; }

    /// <summary>What the report's further budgets come to.</summary>
    public required EquatableArray<NamedBudget> FurtherBudgets { get; init; }

    /// <summary>The limits besides the memory budget.</summary>
    public EquatableArray<NamedBudget> Others { get; init; }

    /// <summary>The folder that relative paths in the plan are relative to.</summary>
    public required string Folder { get; init; }

    /// <summary>The network, its points as the first arm has them.</summary>
    public NetworkDescription Network => Arms[0].Space.Network;

    /// <summary>The homogeneous schedules that the study contains besides.</summary>
    public IReadOnlyList<Schedule> Baselines => StudyRunner.Baselines(Arms.Select(a => a.Space), Plan.Baselines);

    /// <summary>How the data are split.</summary>
    public DataRequest DataRequest => new(Plan.Data.Folder, Plan.Data.Validation, Plan.Network.SawTraining);

    /// <summary>The plan as flat fields, in the order of the plan: equal plans have equal fields, however they are written.</summary>
    public IReadOnlyDictionary<string, string> Fields
    {
        get
        {
            var fields = new OrderedDictionary<string, string>();
            PlanShape.Plan.Flatten("", Plan, fields);
            return fields;
        }
    }

    /// <summary>SHA-256 over <see cref="Fields"/>, 64 hexadecimal digits.</summary>
    public string Fingerprint => FingerprintOf(Fields);

    /// <summary>SHA-256 over a plan's flat fields, 64 hexadecimal digits.</summary>
    public static string FingerprintOf(IReadOnlyDictionary<string, string> fields) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(fields.Select(f => $"{f.Key}={f.Value}\n")))));
}
