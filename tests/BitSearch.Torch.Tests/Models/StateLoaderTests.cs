using System.Runtime.CompilerServices;
using BitSearch.Torch.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Models;

public sealed class StateLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_module_gets_every_parameter_and_buffer_and_keeps_its_gradients_apart()
    {
        using var scope = NewDisposeScope();
        using var source = Net();
        using var target = Net();
        using var file = Save(source.state_dict());

        StateLoader.Load(target, file);

        foreach (var (name, tensor) in source.state_dict())
        {
            TensorAssert.Close(tensor, target.state_dict()[name], 0, 0);
        }

        Assert.All(target.parameters(), p => Assert.True(p.requires_grad && p.is_leaf));
    }

    [Fact]
    public void Counters_of_batches_may_be_missing()
    {
        using var scope = NewDisposeScope();
        using var net = Net();
        using var file = Save(net.state_dict().Where(s => !s.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)));
        StateLoader.Load(net, file);
    }

    [Fact]
    public void Missing_extra_and_misshapen_tensors_are_all_named_and_nothing_is_copied()
    {
        using var scope = NewDisposeScope();
        using var net = Net();
        var before = net.state_dict()["0.weight"].clone();
        var state = net.state_dict().ToDictionary();
        state["0.weight"] = zeros(4, 2);
        state["1.weihgt"] = state["1.weight"];
        state["1.weight"] = zeros(1, 4);
        state.Remove("1.bias");
        using var file = Save(state);

        var failure = Assert.Throws<PlanException>(() => StateLoader.Load(net, file));

        Assert.Equal(4, failure.Problems.Count);
        Assert.Contains("1.weight: has the shape [1, 4]; the shape [4]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("1.bias: the tensor is missing; a tensor of the shape [4]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("1.weihgt: the network has no such tensor; use weights of this network (the nearest name is 1.weight)", failure.Message, StringComparison.Ordinal);
        TensorAssert.Close(before, net.state_dict()["0.weight"], 0, 0);
    }

    [Fact]
    public void What_may_be_missing_may_be_missing()
    {
        using var scope = NewDisposeScope();
        using var net = Net();
        using var file = Save(net.state_dict().Where(s => s.Key != "1.bias"));
        StateLoader.Load(net, file, mayBeMissing: name => name == "1.bias");
    }

    [Fact]
    public void The_pretrained_networks_read()
    {
        var folder = SharedFolder();
        Assert.SkipWhen(folder is null, "No shared/data/pretrained in or above the repository.");
        foreach (var path in Directory.GetFiles(folder, "*.safetensors"))
        {
            using var file = SafetensorsFile.Read(path);
            Assert.Equal([16L, 3L, 3L, 3L], file["conv1.weight"].Shape);
            Assert.Equal([10L, 64L], file["linear.weight"].Shape);
            Assert.All(file.Names, n => Assert.True(file[n].Type == float32 || n.EndsWith("num_batches_tracked", StringComparison.Ordinal)));
        }
    }

    private static string? SharedFolder([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "shared", "data", "pretrained");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static Sequential Net() => nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4));

    private SafetensorsFile Save(IEnumerable<KeyValuePair<string, Tensor>> state)
    {
        var path = _folder.PathOf("w.safetensors");
        SafetensorsFile.Write(path, state.ToDictionary());
        return SafetensorsFile.Read(path);
    }
}
