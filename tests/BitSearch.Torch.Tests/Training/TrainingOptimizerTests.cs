using BitSearch.Study;
using BitSearch.Torch.Training;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Training;

public sealed class TrainingOptimizerTests
{
    [Fact]
    public void Sgd_with_momentum_and_decay_is_the_textbook_recurrence()
    {
        using var scope = new TensorScope();
        using var linear = Unit();
        using var optimizer = Of(linear, new Recipe { LearningRate = 9, Momentum = 0.9, WeightDecay = 0.5 });
        var (w, v, b, u) = (2.0, 0.0, 1.0, 0.0);
        foreach (var rate in (double[])[0.1, 0.05, 0.01])
        {
            optimizer.Step(linear.forward(full([1, 1], 3f)).sum(), rate);

            v = (0.9 * v) + 3 + (0.5 * w);
            u = (0.9 * u) + 1;
            (w, b) = (w - (rate * v), b - (rate * u));
        }

        Assert.Equal(w, linear.weight!.item<float>(), 1e-5);
        Assert.Equal(b, linear.bias!.item<float>(), 1e-5);
    }

    [Fact]
    public void The_first_step_of_adam_has_the_length_of_the_rate()
    {
        using var scope = new TensorScope();
        using var linear = Unit();
        using var optimizer = Of(linear, new Recipe { Optimizer = OptimizerKind.Adam, WeightDecay = 0 });

        optimizer.Step(linear.forward(full([1, 1], 3f)).sum(), 0.25);

        Assert.Equal(1.75, linear.weight!.item<float>(), 1e-5);
        Assert.Equal(0.75, linear.bias!.item<float>(), 1e-5);
    }

    [Fact]
    public void Parameters_that_want_no_gradient_are_left_alone()
    {
        using var scope = new TensorScope();
        using var linear = Unit();
        linear.weight!.requires_grad_(false);
        using var optimizer = Of(linear, new Recipe { WeightDecay = 0.5 });

        optimizer.Step(linear.forward(full([1, 1], 3f)).sum(), 0.25);

        Assert.Equal(2, linear.weight!.item<float>());
    }

    private static TrainingOptimizer Of(TorchSharp.Modules.Linear linear, Recipe recipe) => new([linear.weight!], [linear.bias!], recipe);

    /// <summary>x to 2x + 1.</summary>
    private static TorchSharp.Modules.Linear Unit()
    {
        var linear = nn.Linear(1, 1);
        using var without = no_grad();
        linear.weight!.fill_(2);
        linear.bias!.fill_(1);
        return linear;
    }
}
