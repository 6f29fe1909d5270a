using BitSearch.Space;

namespace BitSearch.Cli.Plans;

/// <summary>A guess at how long a trial takes, from the work that the plan asks for.</summary>
internal static class TrialTime
{
    /// <summary>Multiply-accumulate operations a second of one thread in training and scoring: the order of today's AVX2 and AVX-512 cores.</summary>
    private const double MacsPerSecond = 3e10;

    // Backward computes the gradients of weights and of inputs.
    private const int ForwardAndBackward = 3;

    /// <summary>Seconds for one trial on one thread; null where the plan leaves open how many images it trains on.</summary>
    public static double? Estimate(PlannedStudy study)
    {
        var recipe = study.Plan.Training;
        if ((recipe.Steps * (double)recipe.Batch ?? recipe.Subset * (double)recipe.Epochs) is not { } trained)
        {
            return null;
        }

        var scored = (study.Plan.Data.Validation ?? study.Dataset.DefaultValidation) + ((recipe.ReestimateBatchNorm + recipe.CalibrationBatches) * (double)recipe.Batch);
        var macs = study.Network.Points.Where(p => p.Kind == PointKind.Weight).Sum(p => (double)p.Macs);
        return macs * ((ForwardAndBackward * trained) + scored) / MacsPerSecond;
    }
}
