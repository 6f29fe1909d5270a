using static TorchSharp.torch;

namespace BitSearch.Torch.Models;

/// <summary>Copies the tensors of a file into a module, all or nothing.</summary>
public static class StateLoader
{
    private const string Counter = "num_batches_tracked";

    /// <summary>
    /// Copies every parameter and persistent buffer by name, converting the type. <c>num_batches_tracked</c>, which files of
    /// old PyTorch versions lack, is ignored on both sides. Nothing is copied if anything is wrong.
    /// </summary>
    /// <param name="module">What is filled.</param>
    /// <param name="file">Where from.</param>
    /// <param name="mayBeMissing">Names of the module that the file need not have, such as step sizes; null: none.</param>
    /// <exception cref="PlanException">With every missing, extra and wrong-shaped tensor.</exception>
    public static void Load(nn.Module module, SafetensorsFile file, Func<string, bool>? mayBeMissing = null)
    {
        var state = module.state_dict().Where(s => !IsCounter(s.Key)).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
        var problems = state.Select(s => Compare(s.Key, s.Value, file, mayBeMissing)).OfType<Problem>()
            .Concat(file.Names.Where(n => !IsCounter(n) && !state.ContainsKey(n)).Select(n => Extra(n, state.Keys, file)))
            .ToArray();
        if (problems.Length > 0)
        {
            throw new PlanException(problems);
        }

        using var scope = new TensorScope();
        using var without = no_grad();
        foreach (var (name, target) in state)
        {
            if (file.Find(name) is { } source)
            {
                target.copy_(source.Values);
            }
        }
    }

    private static bool IsCounter(string name) => name == Counter || name.EndsWith("." + Counter, StringComparison.Ordinal);

    private static Problem? Compare(string name, Tensor target, SafetensorsFile file, Func<string, bool>? mayBeMissing)
    {
        if (file.Find(name) is not { } source)
        {
            return mayBeMissing?.Invoke(name) == true ? null : new Problem(
                $"{file.Path}: {name}", "the tensor is missing", $"a tensor of the shape {Text(target.shape)}; use weights of this network");
        }

        return source.Shape.SequenceEqual(target.shape) ? null : new Problem(
            $"{file.Path}: {name}", $"has the shape {Text(source.Shape)}", $"the shape {Text(target.shape)}; use weights of this network");
    }

    private static Problem Extra(string name, IEnumerable<string> known, SafetensorsFile file)
    {
        var nearest = NearestName.Of(name, known);
        return new Problem($"{file.Path}: {name}", "the network has no such tensor",
            nearest is null ? "use weights of this network" : $"use weights of this network (the nearest name is {nearest})");
    }

    private static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
