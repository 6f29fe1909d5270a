using System.Runtime.CompilerServices;
using BitSearch.Torch;
using Xunit.Sdk;
using Xunit.v3;

// The console, the working directory and libtorch's settings belong to the process: one test after another.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace BitSearch.Cli.Tests;

internal static class TestSetup
{
    [ModuleInitializer]
    internal static void UseOneThread() => TorchSetup.UseOneThread();
}
