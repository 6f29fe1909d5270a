using BitSearch.Statistics;
using CsCheck;

namespace BitSearch.Tests.Statistics;

public sealed class McNemarTestTests
{
    [Fact]
    public void Images_are_counted_by_who_gets_them_right() => Assert.Equal(
        new McNemarTest(1, 2, 1, 1), McNemarTest.Of([true, true, true, false, false], [true, false, false, true, false]));

    // Fagerland et al. 2013, table 1 (airway hyper-responsiveness): 1 against 7 discordant pairs, exact 0.0703, mid-p 0.0391.
    [Fact]
    public void The_published_example_has_its_p_values()
    {
        var test = new McNemarTest(1, 1, 7, 12);

        Assert.Equal((0.0703, 0.0391), (Math.Round(test.PValue, 4), Math.Round(test.MidP, 4)));
    }

    [Fact]
    public void Networks_that_differ_on_no_image_show_nothing() => Assert.Equal((1, 1), (new McNemarTest(5, 0, 0, 3).PValue, new McNemarTest(5, 0, 0, 3).MidP));

    [Fact]
    public void The_exact_p_is_the_share_of_coin_tosses_as_far_from_even() => Gen.Int[0, 9].Select(Gen.Int[0, 9]).Sample((b, c) =>
    {
        var n = b + c;
        var beyond = Enumerable.Range(0, 1 << n).Count(tosses => Math.Abs((2 * int.PopCount(tosses)) - n) >= Math.Abs(b - c));
        Assert.Equal((double)beyond / (1 << n), new McNemarTest(0, b, c, 0).PValue, 1e-9);
    });

    [Fact]
    public void Other_images_are_refused() => Assert.Throws<ArgumentException>(() => McNemarTest.Of([true], [true, false]));
}
