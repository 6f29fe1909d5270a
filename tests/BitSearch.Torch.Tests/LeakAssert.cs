using TorchSharp;

namespace BitSearch.Torch.Tests;

/// <summary>Finds tensors left behind.</summary>
internal static class LeakAssert
{
    /// <summary>Passes when, after a first warm-up call, a call leaves as many live tensors on this thread as before it.</summary>
    public static void None(Action action)
    {
        action();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        action();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
