using BitSearch.Space;
using BitSearch.Torch.Models;

namespace BitSearch.Torch.Tests.Models;

public sealed class IsotropicTests
{
    // The control's purpose: where this does not hold, depth is confounded with size again.
    [Theory]
    [InlineData(3, 32, 8)]
    [InlineData(1, 28, 7)]
    public void Depth_alone_tells_its_searched_layers_apart(int channels, int side, int grid)
    {
        var points = new Isotropic().Describe(new NetworkSpec([channels, side, side], 10)).Points;
        var searched = points.Where(p => p.Role is not (LayerRole.First or LayerRole.Last)).ToList();

        Assert.Equal(12, searched.Count(p => p.Kind == PointKind.Weight));
        Assert.Equal(12, searched.Count(p => p.Kind == PointKind.Activation));
        Assert.All(searched, p => Assert.Equal(9 * 48 * 48 * grid * grid, p.Macs));
        Assert.All(searched, p => Assert.Equal(p.Kind == PointKind.Weight ? [48, 48, 3, 3] : [48, grid, grid], p.Shape));
        Assert.All(searched, p => Assert.Null(p.TieGroup));
    }

    [Fact]
    public void It_costs_less_than_half_of_resnet20()
    {
        var spec = new NetworkSpec([3, 32, 32], 10);
        long MacsOf(string name) => NetworkFactory.Catalog.Create(name, "test").Describe(spec).WeightPoints.Sum(p => p.Macs);

        Assert.Equal(16_156_128, MacsOf("isotropic"));
        Assert.InRange(MacsOf("isotropic"), 1, MacsOf("resnet20") / 2);
    }
}
