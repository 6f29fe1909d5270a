using BitSearch.Space;
using BitSearch.Torch.Layers;
using BitSearch.Torch.Quantizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Models;

/// <summary>
/// A network under a schedule, which it keeps for life: another schedule is another network, filled from the same weights.
/// Only a shared network, whose points have a quantizer for each width, changes schedules.
/// Owns its tensors, outside every dispose scope. Convolutions compute in channels_last layout, whatever images have.
/// </summary>
public sealed partial class Network : nn.Module<Tensor, Tensor>
{
    private readonly NetworkFactory _factory;
    private readonly TensorFlow _flow;
    private readonly Func<QuantizationPoint, Quantizer> _quantizer;

    internal Network(
        NetworkFactory factory,
        NetworkSpec spec,
        NetworkDescription description,
        QuantizerPair quantizers,
        Schedule schedule,
        ShapeFlow shapes,
        ulong seed,
        Func<QuantizationPoint, Quantizer>? quantizer = null)
        : base(description.Name)
    {
        (_factory, Spec, Description, Quantizers, Schedule) = (factory, spec, description, quantizers, schedule);
        _quantizer = quantizer ?? (point => Quantizers.Create(point, Schedule[Description.IndexOf(point.Name)]));
        Layers = [.. shapes.Layers.Select(Build)];
        Norms = [.. shapes.Norms.Select(n => new Norm(n.Name, n.Channels))];
        ModuleGroup.Register(this, [.. Layers.Select(l => (l.Name, (nn.Module)l)), .. Norms.Select(n => (n.Name, (nn.Module)n))]);
        _flow = new TensorFlow(spec, quantizers.Nonlinearity, Layers.ToDictionary(l => l.Name), Norms.ToDictionary(n => n.Name));
        InitialWeights.Draw(Layers, quantizers.Weights.ClampsLatentWeights, seed);
        Layout.ChannelsLast(this);
    }

    /// <summary>What the network was made for.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>Every tensor of its artifact, with the quantizers' name and scales.</summary>
    public NetworkDescription Description { get; }

    /// <summary>The quantizers.</summary>
    public QuantizerPair Quantizers { get; }

    /// <summary>One width per point of <see cref="Description"/>.</summary>
    public Schedule Schedule { get; private set; }

    /// <summary>The layers with weights, in execution order.</summary>
    public IReadOnlyList<QuantizedLayer> Layers { get; }

    /// <summary>The batch normalisations, in execution order.</summary>
    public IReadOnlyList<Norm> Norms { get; }

    /// <summary>Whether anything in it quantizes.</summary>
    public bool Quantizes => AllQuantizers.Any(q => q is not FullPrecision);

    /// <summary>What weight decay is for: the layers' weights, and the quantizers' parameters that ask for it.</summary>
    public IEnumerable<Parameter> DecayedParameters => Layers.Select(l => l.Weight)
        .Concat(AllQuantizers.Where(q => q.DecaysParameters).SelectMany(q => q.parameters()));

    /// <summary>Biases, norms and step sizes: never decayed.</summary>
    public IEnumerable<Parameter> UndecayedParameters
    {
        get
        {
            var decayed = DecayedParameters.ToHashSet<object>(ReferenceEqualityComparer.Instance);
            return parameters().Where(p => !decayed.Contains(p));
        }
    }

    /// <summary>Whether a state name is a quantizer's, which a file of float weights lacks.</summary>
    public static bool IsQuantizerState(string name) =>
        name.Contains(".weight_quantizer.", StringComparison.Ordinal) || name.Contains(".input_quantizer.", StringComparison.Ordinal);

    /// <summary>One number a class, before softmax.</summary>
    /// <param name="images">float32 <c>[n, c, h, w]</c>.</param>
    /// <returns>float32 <c>[n, classes]</c>.</returns>
    /// <exception cref="ArgumentException">Another shape: libtorch might end the process over it.</exception>
    public override Tensor forward(Tensor images)
    {
        if (images.dim() != 4 || !images.shape[1..].SequenceEqual(Spec.Input))
        {
            throw new ArgumentException($"{Description.Name} reads [n, {string.Join(", ", Spec.Input)}], not [{string.Join(", ", images.shape)}]", nameof(images));
        }

        using var scope = new TensorScope();
        if (is_grad_enabled())
        {
            return scope.Keep(Run(images));
        }

        using var turn = Turn(images, backward: false);
        var logits = Run(images);
        turn.Done();
        return scope.Keep(logits);
    }

    /// <summary>Waits for its turn, see <see cref="FirstUse"/>. Whoever computes gradients holds one from forward to backward; without gradients <see cref="forward"/> takes its own.</summary>
    /// <param name="images">What is computed on.</param>
    /// <param name="backward">Whether gradients are computed.</param>
    internal FirstUse.Turn Turn(Tensor images, bool backward) => FirstUse.Of((Description.Name, Spec, images.shape[0], backward));

    /// <summary>What has to follow each optimizer step: clamps quantized latent weights to -1..1 where their family says so.</summary>
    public void AfterStep()
    {
        if (!Quantizers.Weights.ClampsLatentWeights)
        {
            return;
        }

        using var scope = new TensorScope();
        using var without = no_grad();
        foreach (var layer in Layers.Where(l => !l.WeightQuantizer.Width.IsFull))
        {
            layer.Weight.clamp_(Numbers.Of(-1), Numbers.Of(1));
        }
    }

    /// <summary>Fills the network from a file with PyTorch's names; quantizer state may be missing.</summary>
    /// <exception cref="PlanException">Missing, extra or wrong-shaped tensors; nothing is filled then.</exception>
    public void Load(SafetensorsFile file) => StateLoader.Load(this, file, IsQuantizerState);

    /// <summary>
    /// Copies weights, biases and norms from a network of the same shapes, and the state of quantizers of the same width, which
    /// is not calibrated again then.
    /// </summary>
    public void CopyFrom(Network other)
    {
        using var scope = new TensorScope();
        using var without = no_grad();
        var source = other.state_dict();
        foreach (var (name, tensor) in state_dict().Where(s => !IsQuantizerState(s.Key)))
        {
            tensor.copy_(source[name]);
        }

        foreach (var (own, theirs) in AllQuantizers.Zip(other.AllQuantizers))
        {
            own.TakeOver(theirs.At(own.Width));
        }
    }

    /// <summary>Computes under another schedule from now on.</summary>
    /// <param name="schedule">One width per point.</param>
    /// <exception cref="InvalidOperationException">This is no shared network.</exception>
    public void Use(Schedule schedule)
    {
        foreach (var quantizer in AllQuantizers)
        {
            var bank = quantizer as QuantizerBank ?? throw new InvalidOperationException($"{Description.Name} is no shared network");
            bank.Use(schedule[Description.IndexOf(quantizer.Point.Name)]);
        }

        Schedule = schedule;
    }

    /// <summary>Copies all parameters from an equal network.</summary>
    internal void CopyParametersFrom(Network other)
    {
        using var without = no_grad();
        foreach (var (own, theirs) in parameters().Zip(other.parameters()))
        {
            own.copy_(theirs);
        }
    }

    /// <summary>Writes all state under PyTorch's names.</summary>
    /// <exception cref="PlanException">The disk refuses.</exception>
    public void Save(string path) => SafetensorsFile.Write(path, state_dict());

    /// <summary>Does nothing: components are registered by name, not by the fields that hold them.</summary>
    protected override void RegisterComponents()
    {
    }

    private Tensor Run(Tensor images) => _factory.Run(_flow, new Activation(Layout.ChannelsLast(images))).Rectified;

    private IEnumerable<Quantizer> AllQuantizers =>
        Layers.SelectMany(l => l.InputQuantizer is { } input ? [l.WeightQuantizer, input] : new[] { l.WeightQuantizer });

    private QuantizedLayer Build(LayerPlan plan)
    {
        var weight = _quantizer(plan.Weight);
        var input = plan.Input is null ? null : _quantizer(plan.Input);
        return plan.Weight.Shape.Count == 4
            ? new QuantizedConv2d(weight, input, plan.Bias, plan.Stride, plan.Padding)
            : new QuantizedLinear(weight, input, plan.Bias);
    }
}
