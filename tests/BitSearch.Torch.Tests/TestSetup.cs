using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

// torch.manual_seed, the console and the working directory belong to the process: one test after another.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace BitSearch.Torch.Tests;

internal static class TestSetup
{
    [ModuleInitializer]
    internal static void UseOneThread() => TorchRuntime.Initialise();
}
