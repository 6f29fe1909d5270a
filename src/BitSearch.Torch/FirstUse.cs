using System.Collections.Concurrent;

namespace BitSearch.Torch;

/// <summary>
/// Lets threads compute side by side, but each kind of computation alone the first time. oneDNN makes its primitives when a
/// shape first comes by; the 3.7.1 in libtorch 2.10 computes wrong gradients, or ends the process, when two threads make and
/// use the same backward convolution at once (see docs/decisions.md).
/// </summary>
internal static class FirstUse
{
    private static readonly ReaderWriterLockSlim Gate = new();
    private static readonly ConcurrentDictionary<object, bool> Known = new();

    /// <summary>Waits until no other thread does anything for the first time, and if this is a first time until none computes at all.</summary>
    /// <param name="kind">Equal for computations on the same shapes.</param>
    /// <returns>To be disposed by the same thread; a thread holds one at a time.</returns>
    public static Turn Of(object kind)
    {
        if (Known.ContainsKey(kind))
        {
            Gate.EnterReadLock();
            return new Turn(null);
        }

        Gate.EnterWriteLock();
        return new Turn(kind);
    }

    /// <summary>A computation that may run now.</summary>
    /// <param name="first">The kind, when it is done for the first time; null: known.</param>
    public readonly struct Turn(object? first) : IDisposable
    {
        /// <summary>Says that all of it was computed: the next time it is known.</summary>
        public void Done()
        {
            if (first is not null)
            {
                Known[first] = true;
            }
        }

        /// <summary>Lets the others go on.</summary>
        public void Dispose()
        {
            if (first is null)
            {
                Gate.ExitReadLock();
            }
            else
            {
                Gate.ExitWriteLock();
            }
        }
    }
}
