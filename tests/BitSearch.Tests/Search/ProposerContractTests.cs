using BitSearch.Search;
using CsCheck;

namespace BitSearch.Tests;

/// <summary>The contract over the proposers that do without libtorch, and what some of them promise beyond it.</summary>
public sealed class ProposerContractTests() : ProposerContract<IProposer>(spaces: 30, proposals: 10, largest: 100)
{
    [Fact]
    public void Exhaustive_is_the_enumeration_whatever_else_is_in_the_history() => SmallSpaces.Any.Where(s => s.Count() < 100).Sample(
        space => Assert.Equal(space.Enumerate(), Run("exhaustive", space, seed: 1, limit: 101)),
        iter: 50);

    [Theory]
    [InlineData("random")]
    [InlineData("sensitivity")]
    [InlineData("hessian")]
    [InlineData("indicator")]
    [InlineData("adaptive")]
    [InlineData("separability")]
    public void Reaches_every_schedule(string name) => SmallSpaces.Any.Where(s => s.Count() < 100).Sample(
        space => Assert.Equal(space.Enumerate().ToHashSet(), Run(name, space, seed: 1, limit: 101).ToHashSet()),
        iter: 50);
}
