using System.Runtime.InteropServices;
using TorchSharp;

namespace BitSearch.Torch;

/// <summary>How this process uses libtorch.</summary>
public static partial class TorchRuntime
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;
    private const int ArenaMax = -8;

    /// <summary>
    /// Makes every torch operation compute on the calling thread alone, and lets the C allocator keep what it got. Loads
    /// libtorch; call it before the first tensor. A second call changes nothing.
    /// Parallelism comes from .NET threads, one candidate each: two OpenMP threads on shared cores spin against each other,
    /// and one and two threads give different bits.
    /// </summary>
    public static void Initialise()
    {
        KeepMemory();
        OneThread();
    }

    /// <summary>Makes the calling thread compute alone. Each thread that computes calls it: OpenMP counts threads by thread.</summary>
    public static void OneThread() => torch.set_num_threads(1);

    /// <summary>
    /// How far this machine's convolutions are off: the relative gap between the input gradient of a small convolution in the
    /// layout that networks use, and the same as matrix products in double precision. Rounding gives about 1e-7.
    /// </summary>
    public static double ConvolutionGap()
    {
        using var scope = new TensorScope();
        using var generator = new torch.Generator(1);
        var images = torch.randn([8, 4, 8, 8], generator: generator);
        var weights = torch.randn([4, 4, 3, 3], generator: generator);
        var twice = weights.to(torch.float64).reshape(4, -1);
        var expected = Gradient(images.to(torch.float64), x => twice.matmul(torch.nn.functional.unfold(x, (3, 3), padding: (1, 1))));
        var last = Layout.ChannelsLast(weights);
        var actual = Gradient(Layout.ChannelsLast(images), x => torch.nn.functional.conv2d(x, last, null!, [1L, 1L], [1L, 1L]));
        return actual.to(torch.float64).Minus(expected).norm().item<double>() / expected.norm().item<double>();
    }

    private static torch.Tensor Gradient(torch.Tensor images, Func<torch.Tensor, torch.Tensor> convolve)
    {
        var inputs = images.detach().requires_grad_();
        convolve(inputs).Squared().sum().backward();
        return inputs.grad!;
    }

    /// <summary>
    /// The activations of a step are tens of megabytes each; glibc maps and unmaps every one of them, and the kernel clears
    /// each page anew. Without mapping and trimming a step is up to a fifth faster (see docs/decisions.md). One arena: what one
    /// thread freed serves the next.
    /// </summary>
    private static void KeepMemory()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("BITSEARCH_MALLOC") != "default")
        {
            try
            {
                _ = Mallopt(ArenaMax, 1);
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
