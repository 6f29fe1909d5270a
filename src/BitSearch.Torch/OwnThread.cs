using System.Runtime.ExceptionServices;

namespace BitSearch.Torch;

/// <summary>Runs tensor code side by side, one libtorch thread each.</summary>
internal static class OwnThread
{
    /// <summary>Calls an action for 0 .. count-1, each on a thread of its own, and waits for all.</summary>
    /// <param name="count">At least 1; 1 stays on the calling thread.</param>
    /// <param name="action">Must not share tensors that it writes.</param>
    public static void RunAll(int count, Action<int> action)
    {
        var failures = new Exception?[count];
        var others = Enumerable.Range(1, count - 1).Select(i => new Thread(() => Try(i))).ToList();
        others.ForEach(t => t.Start());
        Try(0);
        others.ForEach(t => t.Join());
        if (Array.Find(failures, f => f is not null) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        void Try(int i)
        {
            try
            {
                TorchRuntime.OneThread();
                action(i);
            }
            catch (Exception e)
            {
                failures[i] = e;
            }
        }
    }
}
