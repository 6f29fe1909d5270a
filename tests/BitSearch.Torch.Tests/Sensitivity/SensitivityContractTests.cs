using BitSearch.Search;
using BitSearch.Study;
using BitSearch.Torch.Sensitivity;

namespace BitSearch.Torch.Tests.Sensitivity;

/// <summary>What every measure of the catalog promises.</summary>
public sealed class SensitivityContractTests(SubjectFixture fixture) : IClassFixture<SubjectFixture>
{
    public static TheoryData<string> Names => [.. SensitivityMeasure.Catalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_measured_point_has_a_finite_value_at_each_of_its_widths_or_its_own_alone(string name)
    {
        var measure = SensitivityMeasure.Catalog.Create(name, "test");
        using var subject = fixture.Subject();

        var values = Measure(measure, subject);

        Assert.All(values, v => Assert.True(double.IsFinite(v.Value) && v.StandardError is null or > 0, $"{v}"));
        var order = subject.Network.Points.SelectMany(p => p.Widths.Append(Space.Bitwidth.Full).Distinct(), (p, w) => (p.Name, w)).ToList();
        Assert.Equal(order.Where(o => values.Any(v => (v.Point, v.Width) == o)), values.Select(v => (v.Point, v.Width)));
        var perWidth = values.Any(v => !v.Width.IsFull);
        Assert.True(perWidth || measure.OwnMeaning is not null);
        foreach (var point in values.GroupBy(v => v.Point))
        {
            var widths = subject.Network.Points[subject.Network.IndexOf(point.Key)].Widths.Where(w => perWidth && (!w.IsFull || measure.OwnMeaning is null)).ToList();
            Assert.Equal(measure.OwnMeaning is null ? widths : [.. widths, Space.Bitwidth.Full], point.Select(v => v.Width));
        }

        Assert.Superset(subject.Network.WeightPoints.Select(p => p.Name).ToHashSet(), values.Select(v => v.Point).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_request_gives_the_same_bits_and_reports_every_part_once(string name)
    {
        var measure = SensitivityMeasure.Catalog.Create(name, "test");
        using var first = fixture.Subject();
        using var second = fixture.Subject();
        var heard = new List<MeasuringProgress>();

        var values = measure.Measure(first, heard.Add, TestContext.Current.CancellationToken);

        Assert.Equal(values, Measure(measure, second));
        Assert.Equal(Enumerable.Range(1, heard[0].Parts), heard.Select(h => h.Done));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_setting_that_is_no_part_of_the_fingerprint_changes_no_value(string name)
    {
        var measure = SensitivityMeasure.Catalog.Create(name, "test");
        using var original = fixture.Subject();
        var (values, plan, changes) = (Measure(measure, original), fixture.Plan(), 0);
        (StudyPlan Plan, SensitivitySettings Settings)[] others =
        [
            (plan, SubjectFixture.Small with { Images = 41 }), (plan, SubjectFixture.Small with { Probes = 4 }),
            (plan, SubjectFixture.Small with { Steps = 3 }), (plan, SubjectFixture.Small with { LabelledImages = 61 }),
            (Trained(r => r with { Batch = 21 }), SubjectFixture.Small), (Trained(r => r with { CalibrationBatches = 2 }), SubjectFixture.Small),
            (Trained(r => r with { Subset = 201 }), SubjectFixture.Small), (Trained(r => r with { LearningRate = 0.02 }), SubjectFixture.Small),
            (Trained(r => r with { Steps = 77, ReestimateBatchNorm = 1, From = StartFrom.Scratch }), SubjectFixture.Small),
            (plan with { Budget = new BudgetPlan("0.3x"), Repeats = 5, Finalists = 2, Name = "another" }, SubjectFixture.Small),
        ];
        foreach (var (otherPlan, settings) in others)
        {
            using var other = fixture.Subject(otherPlan, settings);
            if (Measurer.Fingerprint(measure, other) == Measurer.Fingerprint(measure, original))
            {
                Assert.Equal(values, Measure(measure, other));
                continue;
            }

            changes++;
        }

        Assert.InRange(changes, 1, others.Length - 2);

        StudyPlan Trained(Func<Recipe, Recipe> change) => plan with { Training = change(plan.Training) };
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_tensor_is_left_behind(string name)
    {
        var measure = SensitivityMeasure.Catalog.Create(name, "test");
        LeakAssert.None(() =>
        {
            using var subject = fixture.Subject();
            Measure(measure, subject);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Residual_networks_are_measured_too(string name)
    {
        using var subject = fixture.Subject("resnet20");
        Assert.All(Measure(SensitivityMeasure.Catalog.Create(name, "test"), subject), v => Assert.True(double.IsFinite(v.Value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stop_is_heard(string name)
    {
        using var subject = fixture.Subject();
        Assert.Throws<OperationCanceledException>(() => SensitivityMeasure.Catalog.Create(name, "test").Measure(subject, _ => { }, new CancellationToken(true)));
    }

    [Fact]
    public void What_proposers_need_is_in_the_catalog() => Assert.All(
        new Catalog<IProposer>(typeof(IProposer).Assembly).All().SelectMany(p => p.Component.Needs), n => Assert.Contains(n, SensitivityMeasure.Catalog.Names));

    [Fact]
    public void Wrong_settings_are_told_all_at_once() => Assert.Equal(
        ["--images", "--probes", "--steps"],
        Assert.Throws<PlanException>(() => fixture.Subject(fixture.Plan(), new SensitivitySettings { Images = 0, Probes = 1, Steps = 0 })).Problems.Select(p => p.Place));

    private static IReadOnlyList<MeasuredValue> Measure(SensitivityMeasure measure, SensitivitySubject subject) =>
        measure.Measure(subject, _ => { }, TestContext.Current.CancellationToken);
}
