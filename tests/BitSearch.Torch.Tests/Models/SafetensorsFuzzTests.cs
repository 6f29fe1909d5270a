using BitSearch.Torch.Models;
using CsCheck;
using TorchSharp;

namespace BitSearch.Torch.Tests.Models;

public sealed class SafetensorsFuzzTests
{
    [Fact]
    public void Cut_or_changed_files_are_read_or_refused_but_never_crash()
    {
        using var folder = new TemporaryFolder();
        var source = folder.PathOf("w.safetensors");
        using (torch.NewDisposeScope())
        {
            var tensors = new Dictionary<string, torch.Tensor>
            {
                ["a.b"] = torch.ones(3, 2),
                ["c"] = torch.zeros(4, torch.int64),
                ["d"] = torch.ones(2, 0),
            };
            SafetensorsFile.Write(source, tensors, new Dictionary<string, string> { ["k"] = "v" });
        }

        var good = File.ReadAllBytes(source);
        var bytes = Gen.Select(Gen.Int[0, good.Length - 1], Gen.OneOf(Gen.Byte, Gen.Char["0123456789[]{}\",:-\\u"].Select(c => (byte)c))).List[0, 4];
        Gen.Select(bytes, Gen.Int[0, good.Length], Gen.Bool).Sample((changes, length, cut) =>
        {
            var mutated = good.ToArray();
            foreach (var (place, value) in changes)
            {
                mutated[place] = value;
            }

            var path = folder.Write($"{Environment.CurrentManagedThreadId}", cut ? mutated.AsSpan(0, length) : mutated);
            try
            {
                SafetensorsFile.Read(path).Dispose();
            }
            catch (PlanException e)
            {
                Assert.NotEmpty(e.Problems);
            }
        }, iter: 20_000);
    }
}
