using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

// torch.manual_seed and the thread count belong to the process: tests of tensors run one after another.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace BitSearch.Torch.Tests;

internal static class TestSetup
{
    [ModuleInitializer]
    internal static void UseOneThread() => TorchSetup.UseOneThread();
}
