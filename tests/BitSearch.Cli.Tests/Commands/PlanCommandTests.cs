using BitSearch.Cli.Commands;
using BitSearch.Cli.Plans;
using BitSearch.Torch.Tests;

namespace BitSearch.Cli.Tests.Commands;

public sealed class PlanCommandTests
{
    [Theory]
    [InlineData(59.9, "0:00:59")]
    [InlineData(3600, "1:00:00")]
    [InlineData(108_061, "30:01:01")]
    [InlineData(3.6e15, "1000000000000:00:00")]
    public void A_time_of_more_than_a_day_is_told_whole(double seconds, string text) => Assert.Equal(text, PlanCommand.Duration(seconds));

    [Fact]
    public void Trials_beyond_two_billion_are_counted()
    {
        using var folder = new TemporaryFolder();
        var plan = SmallStudy.Plan.Replace("trials: 4", "trials: 1000000", StringComparison.Ordinal).Replace("repeats: 2", "repeats: 1000", StringComparison.Ordinal)
            .Replace("widths: [1, 2, 4]", "widths: [1, 2, 3, 4, 5, 6, 7, 8]", StringComparison.Ordinal).Replace("vgg-small", "resnet20", StringComparison.Ordinal)
            .Replace("limit: 0.25x", "limit: unlimited", StringComparison.Ordinal)
            .Replace("repeats:", "  - { name: more, pattern: free, proposer: random, trials: 1000000 }\n  - { name: most, pattern: free, proposer: random, trials: 1000000 }\nrepeats:", StringComparison.Ordinal);

        Assert.True(PlanText.Of(PlanFile.Parse(plan, "plan.yaml", folder.Root)).Trials > 3_000_000_000);
    }
}
