using BitSearch.Torch.Sensitivity;

namespace BitSearch.Torch.Tests.Sensitivity;

public sealed class MeasurerTests(SubjectFixture fixture) : IClassFixture<SubjectFixture>
{
    [Fact]
    public void What_was_measured_is_found_again_with_the_same_bits_and_not_measured()
    {
        using var subject = fixture.Subject();
        var first = Obtain(subject, "found");
        var heard = 0;

        var second = Measurer.Obtain(new OutputKl(), subject, fixture.PathOf("found"), _ => heard++, TestContext.Current.CancellationToken);

        Assert.Equal((false, true, 0), (first.Found, second.Found, heard));
        Assert.Equal(first.File.Measurement, second.File.Measurement);
        Assert.Equal(first.Path, second.Path);
        Assert.Equal(64, first.File.Fingerprint.Length);
    }

    [Fact]
    public void A_damaged_file_or_anothers_is_measured_again()
    {
        using var subject = fixture.Subject();
        var first = Obtain(subject, "damaged");
        var whole = File.ReadAllText(first.Path);
        foreach (var wrong in (string[])["", whole[..^20], whole.Replace("\"value\": ", "\"value\": 1", StringComparison.Ordinal), whole.Replace(first.File.Fingerprint, new string('0', 64), StringComparison.Ordinal)])
        {
            File.WriteAllText(first.Path, wrong);

            var again = Obtain(subject, "damaged");

            Assert.False(again.Found);
            Assert.Equal(first.File.Measurement, again.File.Measurement);
        }
    }

    [Fact]
    public void Other_weights_widths_quantizers_or_seeds_are_another_measurement()
    {
        var plan = fixture.Plan();
        using var subject = fixture.Subject();
        using var weights = fixture.Subject(plan, SubjectFixture.Small, weightSeed: 4);
        using var widths = fixture.Subject(plan with { Space = plan.Space with { Widths = [new Space.Bitwidth(4)] } }, SubjectFixture.Small);
        using var quantizers = fixture.Subject(plan with { Quantizer = new Study.QuantizerPlan(PerChannel: true) }, SubjectFixture.Small);
        using var seed = fixture.Subject(plan with { Seed = 2 }, SubjectFixture.Small);

        SensitivitySubject[] all = [subject, weights, widths, quantizers, seed];

        Assert.Equal(all.Length, all.Select(s => Measurer.Fingerprint(new OutputKl(), s)).Distinct().Count());
        Assert.NotEqual(Measurer.Fingerprint(new OutputKl(), subject), Measurer.Fingerprint(new OutputMse(), subject));
    }

    [Fact]
    public void A_value_that_is_no_number_is_refused_by_point()
    {
        using var subject = fixture.Subject(fixture.Plan(), SubjectFixture.Small with { LabelledImages = 1 });
        var problem = Assert.Throws<PlanException>(() => Measurer.Obtain(new Separability(), subject, fixture.PathOf("refused"), _ => { }, TestContext.Current.CancellationToken)).Problems.Single();

        Assert.StartsWith("separability: conv1.weight: its value is ", $"{problem.Place}: {problem.Wrong}", StringComparison.Ordinal);
        Assert.False(Directory.Exists(fixture.PathOf("refused")));
    }

    private ObtainedMeasurement Obtain(SensitivitySubject subject, string cache) =>
        Measurer.Obtain(new OutputKl(), subject, fixture.PathOf(cache), _ => { }, TestContext.Current.CancellationToken);
}
