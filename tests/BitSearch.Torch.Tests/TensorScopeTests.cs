using TorchSharp;

namespace BitSearch.Torch.Tests;

public sealed class TensorScopeTests
{
    [Fact]
    public void What_is_not_kept_is_freed()
    {
        torch.Tensor forgotten;
        using (new TensorScope())
        {
            forgotten = torch.ones(2);
        }

        Assert.True(forgotten.IsInvalid);
    }

    [Fact]
    public void What_is_kept_belongs_to_the_scope_outside()
    {
        torch.Tensor kept;
        using (new TensorScope())
        {
            kept = Inner();
            Assert.False(kept.IsInvalid);
        }

        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void What_is_detached_outlives_every_scope()
    {
        torch.Tensor detached;
        using (new TensorScope())
        {
            using var inner = new TensorScope();
            detached = inner.Detach(torch.ones(2));
        }

        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void Keeping_without_a_scope_outside_hands_the_tensor_to_the_caller() => LeakAssert.None(() => Inner().Dispose());

    [Fact]
    public void A_default_scope_refuses_to_keep()
    {
        using var tensor = torch.ones(1);
        Assert.Throws<InvalidOperationException>(() => default(TensorScope).Keep(tensor));
    }

    private static torch.Tensor Inner()
    {
        using var scope = new TensorScope();
        return scope.Keep(torch.ones(2) + torch.ones(2));
    }
}
