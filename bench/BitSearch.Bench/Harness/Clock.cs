using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BitSearch.Bench.Harness;

/// <summary>Takes times.</summary>
internal static partial class Clock
{
    private const int ThreadCpuTime = 3;
    private const int Children = -1;

    /// <summary>The time of one run, the mean over the repeats; CPU time is the calling thread's alone.</summary>
    /// <param name="work">What is timed.</param>
    /// <param name="repeats">At least 1.</param>
    public static Measurement Time(Action work, int repeats)
    {
        var (wall, cpu) = (Stopwatch.GetTimestamp(), ThreadCpu());
        for (var i = 0; i < repeats; i++)
        {
            work();
        }

        cpu = ThreadCpu() - cpu;
        return new Measurement(cpu / repeats, Stopwatch.GetElapsedTime(wall).TotalMilliseconds / repeats);
    }

    /// <summary>CPU milliseconds of all child processes that have ended so far, and of theirs.</summary>
    public static double ChildrenCpu() => GetUsage(Children, out var usage) == 0
        ? (1e3 * (usage.UserSeconds + usage.SystemSeconds)) + (1e-3 * (usage.UserMicroseconds + usage.SystemMicroseconds))
        : throw new PlatformNotSupportedException("this system gives no CPU time of children");

    private static double ThreadCpu() => GetTime(ThreadCpuTime, out var time) == 0
        ? (1e3 * time.Seconds) + (1e-6 * time.Nanoseconds)
        : throw new PlatformNotSupportedException("this system gives no CPU time of a thread");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpecification time);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out ResourceUsage usage);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpecification
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
    /// <summary>The beginning of C's <c>struct rusage</c>, in its length.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 18 * sizeof(long))]
    private readonly struct ResourceUsage
    {
        public readonly long UserSeconds;
        public readonly long UserMicroseconds;
        public readonly long SystemSeconds;
        public readonly long SystemMicroseconds;
    }
}
