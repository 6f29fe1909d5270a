using System.Reflection;
using System.Runtime.Loader;
using BitSearch.Cli.Plans;

namespace BitSearch.Cli.Tests.Plans;

public sealed class PlanWithoutLibtorchTests
{
    private static readonly string Plan = RepositoryFile.Path("search-spaces/cifar10-resnet20.yaml");

    [Fact]
    public void Reading_a_plan_does_not_load_libtorch()
    {
        var fresh = new Fresh();

        var study = fresh.Call(typeof(PlanFile), nameof(PlanFile.Open), Plan, null);

        Assert.Equal("cifar10-resnet20", study!.GetType().GetProperty("Plan")!.GetValue(study) is { } plan ? plan.GetType().GetProperty("Name")!.GetValue(plan) : null);
        Assert.Empty(fresh.Natives);
    }

    [Fact]
    public void What_needs_libtorch_is_noticed()
    {
        var fresh = new Fresh();

        Assert.ThrowsAny<Exception>(() => fresh.Call(typeof(Torch.TorchRuntime), nameof(Torch.TorchRuntime.Initialise)));

        Assert.NotEmpty(fresh.Natives);
    }

    /// <summary>Our assemblies and TorchSharp loaded a second time, without native libraries: the tests' own process has libtorch already.</summary>
    private sealed class Fresh() : AssemblyLoadContext("without libtorch")
    {
        private readonly List<string> _natives = [];

        public IReadOnlyList<string> Natives => _natives;

        public object? Call(Type type, string method, params object?[] arguments) => LoadFromAssemblyPath(type.Assembly.Location)
            .GetType(type.FullName!)!.GetMethod(method, BindingFlags.Public | BindingFlags.Static, [.. type.GetMethod(method)!.GetParameters().Select(p => p.ParameterType)])!
            .Invoke(null, arguments);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }

        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
        {
            _natives.Add(unmanagedDllName);
            throw new DllNotFoundException(unmanagedDllName);
        }
    }
}
