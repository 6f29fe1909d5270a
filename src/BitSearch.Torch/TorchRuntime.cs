using System.Runtime.InteropServices;
using TorchSharp;

namespace BitSearch.Torch;

/// <summary>How this process uses libtorch.</summary>
public static partial class TorchRuntime
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    /// <summary>
    /// Makes every torch operation compute on the calling thread alone, and lets the C allocator keep what it got. Loads
    /// libtorch; call it before the first tensor. A second call changes nothing.
    /// Parallelism comes from .NET threads, one candidate each: two OpenMP threads on shared cores spin against each other,
    /// and one and two threads give different bits.
    /// </summary>
    public static void Initialise()
    {
        KeepMemory();
        torch.set_num_threads(1);
    }

    /// <summary>
    /// The activations of a step are tens of megabytes each; glibc maps and unmaps every one of them, and the kernel clears
    /// each page anew. Without mapping and trimming a step is up to a fifth faster (see docs/decisions.md).
    /// </summary>
    private static void KeepMemory()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("BITSEARCH_MALLOC") != "default")
        {
            try
            {
                _ = Mallopt(MmapMax, 0);
                _ = Mallopt(TrimThreshold, -1);
                _ = Mallopt(TopPad, 64 << 20);
            }
            catch (EntryPointNotFoundException)
            {
                // A C library without mallopt (musl): slower, nothing else.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Mallopt(int parameter, int value);
}
