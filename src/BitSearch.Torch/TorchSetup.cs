using TorchSharp;

namespace BitSearch.Torch;

/// <summary>How this process uses libtorch.</summary>
public static class TorchSetup
{
    /// <summary>
    /// Makes every torch operation compute on the calling thread alone. Parallelism comes from .NET threads, one candidate
    /// each: two OpenMP threads on shared cores spin against each other, and one and two threads give different bits.
    /// Loads libtorch; call it once, before the first tensor.
    /// </summary>
    public static void UseOneThread() => torch.set_num_threads(1);
}
