using BitSearch.Torch.Data;

namespace BitSearch.Torch.Tests.Data;

public sealed class SplitterTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1000, 0)]
    [InlineData(1000, ulong.MaxValue)]
    public void Hash_order_is_a_permutation(int n, ulong seed) =>
        Assert.Equal(Enumerable.Range(0, n), Splitter.HashOrder(n, seed).Order());

    [Fact]
    public void Hash_order_never_changes() => Assert.Equal([4, 1, 6, 2, 8, 3, 9, 0, 7, 5], Splitter.HashOrder(10, 42));

    [Fact]
    public void Separated_parts_hold_every_image_once_in_order()
    {
        using var set = ImageBatchesTests.RandomSet(100, 1, 4, 4, 3);
        var (others, chosen) = Splitter.Separate(set, 30, 7);
        using (others)
        using (chosen)
        {
            Assert.Equal((70, 30), (others.Count, chosen.Count));
            var places = Images(set).Select((image, place) => (image, place)).ToDictionary(p => p.image, p => p.place);
            var (rest, part) = (Images(others).Select(i => places[i]).ToArray(), Images(chosen).Select(i => places[i]).ToArray());
            Assert.Equal(rest.Order(), rest);
            Assert.Equal(part.Order(), part);
            Assert.Equal(Enumerable.Range(0, 100), rest.Concat(part).Order());
        }
    }

    private static string[] Images(ImageSet set) =>
        [.. set.Images.data<byte>().ToArray().Chunk(16).Select(Convert.ToHexString)];
}
