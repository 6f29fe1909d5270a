using TorchSharp;

namespace BitSearch.Torch.Tests;

public sealed class LibTorchTests
{
    [Fact]
    public void Libtorch_loads_and_its_gradients_are_right()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(new[] { 1f, 2f, 3f }).requires_grad_();

        var y = (x * x).sum();
        y.backward();

        Assert.Equal(14f, y.item<float>());
        Assert.Equal([2f, 4f, 6f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Every_thread_computes_with_one_torch_thread()
    {
        var onNewThread = 0;
        var thread = new Thread(() => onNewThread = torch.get_num_threads());
        thread.Start();
        thread.Join();

        Assert.Equal(1, torch.get_num_threads());
        Assert.Equal(1, onNewThread);
    }
}
