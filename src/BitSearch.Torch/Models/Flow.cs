namespace BitSearch.Torch.Models;

/// <summary>
/// What a network does to an image, step by step, in terms of whatever <typeparamref name="T"/> stands for: a shape when the
/// network is described, a tensor when it computes. A network written once over a flow has its points, sizes, order of
/// execution and computation from one source.
/// </summary>
/// <remarks>
/// <see cref="Norm"/>, <see cref="Activate"/>, <see cref="Add"/>, <see cref="Flatten"/> and the pools use their arguments up
/// (memory is freed early): go on with the result. <see cref="Conv"/>, <see cref="Linear"/> and <see cref="Shrink"/> spare
/// theirs, which a shortcut may still need.
/// </remarks>
/// <typeparam name="T">A value on its way through the network.</typeparam>
public abstract class Flow<T>
{
    /// <summary>The network's scale: channels times the width multiplier.</summary>
    public abstract int Scaled(int channels);

    /// <summary>The number of classes.</summary>
    public abstract int Classes { get; }

    /// <summary>The sides of one image's value, <c>[c, h, w]</c> or <c>[c]</c>.</summary>
    public abstract IReadOnlyList<long> Shape(T x);

    /// <summary>A convolution with a square kernel; its weights, and its input unless it reads the image, are points.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="x">The input.</param>
    /// <param name="channels">Of the output.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    /// <param name="stride">The step between places.</param>
    /// <param name="padding">Zeros on each side.</param>
    /// <param name="bias">Whether there is one.</param>
    /// <param name="spares">Whether the input is needed again, by a shortcut; may speed things up, changes nothing.</param>
    public abstract T Conv(string layer, T x, int channels, int kernel, int stride = 1, int padding = 0, bool bias = false, bool spares = false);

    /// <summary>A fully connected layer with points as <see cref="Conv"/>'s.</summary>
    public abstract T Linear(string layer, T x, int features, bool bias = true);

    /// <summary>Batch normalisation; belongs to the layer before it.</summary>
    public abstract T Norm(string name, T x);

    /// <summary>The nonlinearity.</summary>
    public abstract T Activate(T x);

    /// <summary>The maximum over 2x2 squares; odd last rows and columns are dropped.</summary>
    public abstract T MaxPool(T x);

    /// <summary>The mean over rows and columns, <c>[c]</c>.</summary>
    public abstract T AveragePool(T x);

    /// <summary>One long side.</summary>
    public abstract T Flatten(T x);

    /// <summary>The sum of two values of one shape.</summary>
    public abstract T Add(T a, T b);

    /// <summary>Every <paramref name="stride"/>th row and column, with zero channels added on both sides (He et al. 2016, option A).</summary>
    public abstract T Shrink(T x, int channels, int stride);
}
