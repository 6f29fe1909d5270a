using static TorchSharp.torch;

namespace BitSearch.Torch.Training;

/// <summary>Sets a module's mode until disposal, then puts back the one before.</summary>
internal readonly struct Mode : IDisposable
{
    private readonly nn.Module _module;
    private readonly bool _before;

    /// <summary>Changes the mode.</summary>
    /// <param name="module">The module.</param>
    /// <param name="training">True: training; false: evaluation.</param>
    public Mode(nn.Module module, bool training)
    {
        (_module, _before) = (module, module.training);
        module.train(training);
    }

    /// <summary>Puts back the mode.</summary>
    public void Dispose() => _module.train(_before);
}
