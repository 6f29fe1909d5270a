using System.Reflection;

namespace BitSearch.Tests;

public interface IAnimal;

[Component("red-panda")]
public sealed class RedPanda : IAnimal;

[Component("ant")]
public sealed class Ant : IAnimal;

[Component("no-animal")]
public sealed class Stone;

public sealed class Unnamed : IAnimal;

[Component("abstract-animal")]
public abstract class AbstractAnimal : IAnimal;

public interface ITwin;

[Component("twin")]
public sealed class FirstTwin : ITwin;

[Component("twin")]
public sealed class SecondTwin : ITwin;

public interface IShy;

[Component("shy")]
public sealed class Shy : IShy
{
    private Shy()
    {
    }
}

public interface IMisnamed;

[Component("Loud Name")]
public sealed class Misnamed : IMisnamed;

public sealed class CatalogTests
{
    private static readonly Assembly Here = typeof(CatalogTests).Assembly;

    [Fact]
    public void Finds_every_named_component_of_its_kind_in_order()
    {
        Assert.Equal(["ant", "red-panda"], new Catalog<IAnimal>(Here).Names);
        Assert.Equal(["ant", "red-panda"], new Catalog<IAnimal>(Here).All().Select(c => c.Name));
        Assert.Empty(new Catalog<IAnimal>(typeof(object).Assembly).Names);
    }

    [Fact]
    public void The_same_assembly_twice_is_no_clash() => Assert.True(new Catalog<IAnimal>(Here, Here).Contains("ant"));

    [Fact]
    public void Creates_a_new_instance_each_time()
    {
        var catalog = new Catalog<IAnimal>(Here);
        Assert.IsType<Ant>(catalog.Create("ant", "here"));
        Assert.NotSame(catalog.Create("ant", "here"), catalog.Create("ant", "here"));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest_and_all_known_names()
    {
        var failure = Assert.Throws<PlanException>(() => new Catalog<IAnimal>(Here).Create("red_panda", "plan.yaml: animal"));
        Assert.Equal(
            "plan.yaml: animal: 'red_panda' is unknown; did you mean 'red-panda'? known are ant, red-panda",
            Assert.Single(failure.Problems).ToString());
    }

    [Fact]
    public void A_name_near_nothing_gets_no_suggestion() =>
        Assert.Equal("known are ant, red-panda", new Catalog<IAnimal>(Here).Unknown("elephant", "x").Right);

    [Fact]
    public void Mistakes_of_a_programmer_are_found_when_the_catalog_is_made()
    {
        Assert.Throws<ArgumentException>(() => new Catalog<ITwin>(Here));
        Assert.Throws<ArgumentException>(() => new Catalog<IShy>(Here));
        Assert.Throws<ArgumentException>(() => new Catalog<IMisnamed>(Here));
    }

    [Theory]
    [InlineData("cifar-10", "cifar10")]
    [InlineData("fashionmnist", "fashion-mnist")]
    [InlineData("Digits", "digits")]
    [InlineData("dgiits", "digits")]
    [InlineData("imagenet", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_few_edits_away(string written, string? nearest) =>
        Assert.Equal(nearest, NearestName.Of(written, ["cifar10", "digits", "fashion-mnist"]));
}
