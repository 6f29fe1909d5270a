using static TorchSharp.torch;

namespace BitSearch.Torch.Layers;

/// <summary>A module that only holds others, for the dots in PyTorch's names: libtorch allows none in one name.</summary>
/// <param name="name">One part of a name.</param>
internal sealed class ModuleGroup(string name) : nn.Module(name)
{
    /// <summary>Registers modules under names with dots, <c>layer1.0.conv1</c>, in groups made for it.</summary>
    public static void Register(nn.Module root, IEnumerable<(string Name, nn.Module Module)> modules)
    {
        var groups = new Dictionary<string, nn.Module>(StringComparer.Ordinal) { [""] = root };
        foreach (var (name, module) in modules)
        {
            var dot = name.LastIndexOf('.');
            Group(dot < 0 ? "" : name[..dot]).register_module(name[(dot + 1)..], module);
        }

        nn.Module Group(string path)
        {
            if (groups.TryGetValue(path, out var known))
            {
                return known;
            }

            var dot = path.LastIndexOf('.');
            var group = new ModuleGroup(path[(dot + 1)..]);
            Group(dot < 0 ? "" : path[..dot]).register_module(path[(dot + 1)..], group);
            return groups[path] = group;
        }
    }

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }
}
