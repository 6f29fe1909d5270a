using BitSearch.Study;
using BitSearch.Torch.Training;

namespace BitSearch.Torch.Tests.Training;

public sealed class LearningRateTests
{
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(1, 0.075)]
    [InlineData(2, 0.025)]
    public void Cosine_with_three_steps_follows_the_formula(int step, double expected) =>
        Assert.Equal(expected, LearningRate.At(RateSchedule.Cosine, 0.1, step, 3), 12);

    [Fact]
    public void Cosine_is_point_symmetric_about_its_middle_and_falls_strictly()
    {
        for (var step = 1; step < 40; step++)
        {
            var (here, opposite) = (LearningRate.At(RateSchedule.Cosine, 2, step, 40), LearningRate.At(RateSchedule.Cosine, 2, 40 - step, 40));
            Assert.Equal(2, here + opposite, 12);
            Assert.True(here < LearningRate.At(RateSchedule.Cosine, 2, step - 1, 40));
            Assert.True(here > 0);
        }
    }

    [Theory]
    [InlineData(8, "1 1 1 1 0.1 0.1 0.01 0.01")]
    [InlineData(5, "1 1 1 0.1 0.01")]
    [InlineData(1, "1")]
    public void Step_divides_by_ten_after_a_half_and_after_three_quarters(int steps, string expected) =>
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, steps).Select(s => LearningRate.At(RateSchedule.Step, 1, s, steps))));

    [Fact]
    public void Constant_is_constant() =>
        Assert.All(Enumerable.Range(0, 9), s => Assert.Equal(0.3, LearningRate.At(RateSchedule.Constant, 0.3, s, 9)));

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(3, 3)]
    [InlineData(0, 0)]
    public void A_step_outside_the_training_is_refused(int step, int steps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRate.At(RateSchedule.Cosine, 1, step, steps));
}
