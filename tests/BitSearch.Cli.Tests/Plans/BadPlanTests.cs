using BitSearch.Cli.Plans;
using BitSearch.Trials;

namespace BitSearch.Cli.Tests.Plans;

public sealed class BadPlanTests
{
    [Theory]
    [InlineData("seed: 7", "sede: 7", "plan.yaml:2: sede: the key 'sede' is unknown; did you mean 'seed'? keys here are study, seed, data, network, quantizer, space, budget, training, ladder, shared, arms, baselines, repeats, lookahead, finalists")]
    [InlineData("batch: 64", "batchSize: 64", "plan.yaml:17: training.batchSize: the key 'batchSize' is unknown; keys here are from, optimizer, learningRate, schedule, momentum, weightDecay, epochs, steps, batch, labelSmoothing, subset, reestimateBatchNorm, calibrationBatches, flip, crop")]
    [InlineData("seed: 7", "seed: seven", "plan.yaml:2: seed: 'seven' does not belong here; a whole number from 0 to 18446744073709551615")]
    [InlineData("seed: 7", "seed: -1", "plan.yaml:2: seed: '-1' does not belong here; a whole number from 0 to 18446744073709551615")]
    [InlineData("repeats: 2", "repeats: [2]", "plan.yaml:21: repeats: a list does not belong here; a whole number from 1 to 1000")]
    [InlineData("repeats: 2", "repeats:", "plan.yaml:21: repeats: nothing does not belong here; a whole number from 1 to 1000")]
    [InlineData("repeats: 2", "repeats: \"2\"", "plan.yaml:21: repeats: '2' does not belong here; a whole number from 1 to 1000")]
    [InlineData("width: 0.5", "width: 0", "plan.yaml:6: network.width: '0' does not belong here; a number above 0 and below 64")]
    [InlineData("width: 0.5", "width: .nan", "plan.yaml:6: network.width: '.nan' does not belong here; a number above 0 and below 64")]
    [InlineData("flip: true", "flip: yes", "plan.yaml:17: training.flip: 'yes' does not belong here; true or false")]
    [InlineData("study: sample\n", "", "plan.yaml:1: study: the key is missing; a name of up to 64 letters, digits, '.', '_' and '-', not beginning with '.' or '-'")]
    [InlineData("study: sample", "study: a/../b", "plan.yaml:1: study: 'a/../b' does not belong here; a name of up to 64 letters, digits, '.', '_' and '-', not beginning with '.' or '-'")]
    [InlineData("widths: [4, 1, 2]", "widths: [4, 1, 33]", "plan.yaml:10: space.widths[2]: '33' does not belong here; a width from 1 to 32 bits")]
    [InlineData("widths: [4, 1, 2]", "widths: [4, 0, 2]", "plan.yaml:10: space.widths[1]: '0' does not belong here; a width from 1 to 32 bits")]
    [InlineData("widths: [4, 1, 2]", "widths: [4, 1, 4]", "plan.yaml:10: space.widths[2]: '4' is given twice, also in space.widths[0]; keep one of them, or change one")]
    [InlineData("widths: [4, 1, 2]", "widths: []", "plan.yaml:10: space.widths: the list is empty; a list of widths, such as [2, 4, 8]")]
    [InlineData("widths: [4, 1, 2]", "widths: [4, 1, 9]", "plan.yaml:10: space.widths: the quantizer lsq has no 9 bits for weights; it has 1 to 8, and full precision (32)")]
    [InlineData("widths: [4, 8] }", "widths: [4, 16] }", "plan.yaml:11: space.activations.widths: the quantizer lsq has no 16 bits for activations; it has 1 to 8, and full precision (32)")]
    [InlineData("first: { pinned: 8 }", "first: { pinned: 8, floor: 4 }", "plan.yaml:12: space.first: exactly one key belongs here; { pinned: 8 } or { floor: 4 }")]
    [InlineData("first: { pinned: 8 }", "first: tied", "plan.yaml:12: space.first: 'tied' does not belong here; free")]
    [InlineData("seed: 7", "seed: 7\nseed: 8", "plan.yaml:3: seed: the key is given twice, first in line 2; keep one of them")]
    [InlineData("name: any,", "name: down,", "plan.yaml:20: arms[1].name: 'down' is given twice, also in arms[0]; keep one of them, or change one")]
    [InlineData("name: any,", "name: baseline,", "plan.yaml:20: arms[1].name: 'baseline' does not belong here; a name of letters, digits, '.', '_' and '-', other than baseline")]
    [InlineData("pattern: decreasing", "pattern: decreasing-ish", "plan.yaml:19: arms[0].pattern: 'decreasing-ish' does not belong here; did you mean 'decreasing'? free, homogeneous, decreasing, increasing, by-size or shuffled")]
    [InlineData("name: resnet20", "name: resnet21", "plan.yaml:5: network.name: 'resnet21' does not belong here; did you mean 'resnet20'? isotropic, lenet5, resnet20, resnet32, resnet44, resnet56 or vgg-small")]
    [InlineData("name: cifar10", "name: cifar", "plan.yaml:3: data.name: 'cifar' does not belong here; did you mean 'cifar10'? cifar10, digits or fashion-mnist")]
    [InlineData("weights: lsq", "weights: lsqq", "plan.yaml:8: quantizer.weights: 'lsqq' does not belong here; did you mean 'lsq'? bi-real, bnn, dorefa, hwgq, lsq, none, pact, scaled-sign, seed, ternary or xnor")]
    [InlineData("limit: 0.25x", "limit: 64 KB", "plan.yaml:16: budget.limit: '64 KB' is no budget; KB may mean 1,000 or 1,024 bytes: write KiB (1,024 bytes), or bytes")]
    [InlineData("report: [0.20x]", "report: [some]", "plan.yaml:16: budget.report[0]: 'some' is no budget; write an amount (64 KiB, 1.5 MiB, 65536 bytes), a share of full precision (0.25x), an average width (avg 3.5 bits), a homogeneous schedule (as 2 bits) or unlimited")]
    [InlineData("report: [0.20x]", "bitOperations: 64 KiB", "plan.yaml:16: budget.bitOperations: '64 KiB' is no budget; write bit operations (1.2 GBOPs, 500 MBOPs), a share of full precision (0.25x), a homogeneous schedule (as 2 bits) or unlimited")]
    [InlineData("report: [0.20x]", "averageBits: few", "plan.yaml:16: budget.averageBits: 'few' is no budget; write the bits of a weight, such as 3.5, or unlimited")]
    [InlineData("report: [0.20x]", "activations: 10 bytes", "plan.yaml:16: budget.activations: no decreasing schedule of resnet20 fits: the activation memory is limited to 10 bytes (0.01 KiB); the smallest takes 69,632 bytes (68.00 KiB), the largest 73,728 bytes (72.00 KiB)")]
    [InlineData("report: [0.20x]", "averageBits: 0.5", "plan.yaml:16: budget.averageBits: no decreasing schedule of resnet20 fits: the average width is limited to 0.500 bits a weight; the smallest takes 1.027 bits a weight, the largest 4.013 bits a weight")]
    [InlineData("pattern: free, proposer", "pattern: shuffled, proposer", "plan.yaml:20: arms[1].pattern: shuffled says nothing of what is shuffled; give shuffles: a schedule, such as 8-4-4-2")]
    [InlineData("pattern: free, proposer", "pattern: free, shuffles: 8-4, proposer", "plan.yaml:20: arms[1].shuffles: the pattern is free; pattern: shuffled, or leave the key out")]
    [InlineData("pattern: free, proposer", "pattern: shuffled, shuffles: 8-4, proposer", "plan.yaml:20: arms[1].shuffles: 8-4 has 2 widths; 39, one for each point of resnet20: its weights, then its activations")]
    [InlineData("  overrides:", "  ties: [[conv9]]\n  overrides:", "plan.yaml:14: space.ties[0]: 'conv9' matches no layer of resnet20; layers are conv1, layer1.0.conv1, layer1.0.conv2, layer1.1.conv1, layer1.1.conv2, layer1.2.conv1, layer1.2.conv2, layer2.0.conv1, layer2.0.conv2, layer2.1.conv1, layer2.1.conv2, layer2.2.conv1, layer2.2.conv2, layer3.0.conv1, layer3.0.conv2, layer3.1.conv1, layer3.1.conv2, layer3.2.conv1, layer3.2.conv2, linear")]
    [InlineData("  overrides:", "  ties: [[layer1.*], [layer1.0.*]]\n  overrides:", "plan.yaml:14: space.ties[1]: layer1.0.conv1 is in space.ties[0] already; name each layer in one tie")]
    [InlineData("proposer: random, trials: 20", "schedules: [8-1]", "plan.yaml:19: arms[0].schedules[0]: 8-1 is no schedule of resnet20; a width for each of its 20 weights along depth, such as 8-4-2-1x5; for every point where activations are searched apart")]
    [InlineData("proposer: random, trials: 20", "schedules: [8x39]", "plan.yaml:19: arms[0].schedules[0]: 8x39 is outside the arm's space: layer1.0.conv1.weight has 8 bits; allowed are 1, 2, 4; a schedule inside, or another space")]
    [InlineData("proposer: random, trials: 20", "schedules: [2x39], trials: 1", "plan.yaml:19: arms[0].trials: the schedules are given, so nothing is proposed; leave the key out, or leave out schedules")]
    [InlineData("proposer: random, ", "", "plan.yaml:19: arms[0].proposer: the key is missing; give proposer and trials, or schedules")]
    [InlineData("proposer: random, trials: 20", "proposer: random", "plan.yaml:19: arms[0].trials: the key is missing; give proposer and trials, or schedules")]
    [InlineData("trials: 20", "trials: 0", "plan.yaml:19: arms[0].trials: '0' does not belong here; a whole number from 1 to 1000000")]
    [InlineData("match: \"layer3.*\"", "match: \"leyer3.0.conv1\"", "plan.yaml:15: space.overrides[0].match: 'leyer3.0.conv1' matches no layer and no point of resnet20; did you mean 'layer3.0.conv1'?")]
    [InlineData("- { match: \"layer3.*\"", "- { match: conv1, widths: [1] }\n    - { match: conv1, widths: [2] }\n    - { match: \"layer3.*\"", "plan.yaml:16: space.overrides[1].match: 'conv1' is given twice, also in space.overrides[0]; keep one of them, or change one")]
    [InlineData("  last: { floor: 2 }", "  last: { floor: 2 }\n  projections: tied", "plan.yaml:14: space.projections: resnet20 has no projections; leave the rule out")]
    [InlineData("baseline: { learningRate: 0.1, epochs: 3 }", "sawTraining: true", "plan.yaml:4: network: training starts from full-precision weights, and none are given; give network.weights (a file), network.baseline (a recipe), or training.from: scratch")]
    [InlineData("study: sample", "study: \"sample\\n\"", "plan.yaml:1: study: 'sample ' does not belong here; a name of up to 64 letters, digits, '.', '_' and '-', not beginning with '.' or '-'")]
    [InlineData("folder: images", "folder: \"a\\0b\"", "plan.yaml:3: data.folder: 'a b' does not belong here; a folder")]
    [InlineData("seed: 7", "\"se\\ned\": 7", "plan.yaml:2: se ed: the key 'se ed' is unknown; did you mean 'seed'? keys here are study, seed, data, network, quantizer, space, budget, training, ladder, shared, arms, baselines, repeats, lookahead, finalists")]
    public void A_mistake_is_named_with_its_place_and_what_would_be_right(string old, string @new, string mistake) =>
        Assert.Contains(mistake, SamplePlan.Mistakes(SamplePlan.With(old, @new)));

    [Fact]
    public void Arms_are_not_empty() => Assert.Equal(
        ["plan.yaml:18: arms: the list is empty; a list of arms, at least one"],
        SamplePlan.Mistakes(SamplePlan.Text[..SamplePlan.Text.IndexOf("arms:", StringComparison.Ordinal)] + "arms: []\nshared: {}"));

    [Fact]
    public void An_unreachable_budget_is_refused_with_the_nearest_one() => Assert.Equal(
        ["plan.yaml:16: budget.limit: no decreasing schedule of resnet20 fits: the weights is limited to 1,000 bytes (0.98 KiB); the smallest takes 10,064 bytes (9.83 KiB), the largest 35,200 bytes (34.38 KiB); choose a budget of at least 10064 bytes"],
        SamplePlan.Mistakes(SamplePlan.With("limit: 0.25x", "limit: 1000 bytes")).Take(1));

    [Fact]
    public void An_unknown_strategy_is_refused_with_the_nearest_name_and_all_of_both_assemblies()
    {
        var mistake = Assert.Single(SamplePlan.Mistakes(SamplePlan.With("proposer: random", "proposer: randm")));
        Assert.StartsWith("plan.yaml:19: arms[0].proposer: 'randm' does not belong here; did you mean 'random'? ", mistake, StringComparison.Ordinal);
        Assert.All((string[])["exhaustive", "sensitivity", "reinforcement"], name => Assert.Contains(name, mistake, StringComparison.Ordinal));
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_in_the_order_of_the_file()
    {
        var text = SamplePlan.With("seed: 7", "sede: 7")
            .Replace("[4, 1, 2]", "[4, 1, 99]", StringComparison.Ordinal)
            .Replace("limit: 0.25x", "limit: none", StringComparison.Ordinal)
            .Replace("name: any,", "name: down,", StringComparison.Ordinal)
            .Replace("finalists: 3", "finalists: many", StringComparison.Ordinal);

        Assert.Equal(
            ["plan.yaml:2", "plan.yaml:10", "plan.yaml:16", "plan.yaml:20", "plan.yaml:22"],
            SamplePlan.Mistakes(text).Select(m => m[..m.IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("", "plan.yaml: the plan is empty; a plan: study, data, network, space, arms")]
    [InlineData("# nothing\n", "plan.yaml: the plan is empty; a plan: study, data, network, space, arms")]
    [InlineData("- a\n- b\n", "plan.yaml:1: a list does not belong here; a plan: study, data, network, space, arms")]
    public void What_is_no_plan_at_all_is_refused(string text, string mistake) => Assert.Equal([mistake], SamplePlan.Mistakes(text));

    [Theory]
    [InlineData("study: [a\nseed: 1\n")]
    [InlineData("study: *unknown\n")]
    [InlineData("study: a\n---\nstudy: b\n")]
    [InlineData("study: \"a\n")]
    [InlineData("? [a]\n: b\n")]
    [InlineData("study: a\n\tseed: 1\n")]
    public void What_is_no_yaml_is_refused_with_its_line(string text) =>
        Assert.Matches("^plan\\.yaml:[0-9]+: this is no YAML: .+; mend the line", Assert.Single(SamplePlan.Mistakes(text)));

    [Fact]
    public void Deep_nesting_is_refused_before_it_can_hurt() =>
        Assert.Contains("nesting", Assert.Single(SamplePlan.Mistakes("study: " + new string('[', 100_000))), StringComparison.Ordinal);

    [Fact]
    public void However_a_plan_is_damaged_it_is_read_or_refused()
    {
        const string Noise = " \n\t:-[]{},&*?|>'\"#%@`!~a0";
        var random = new SeededRandom(1);
        for (var i = 0; i < 1000; i++)
        {
            var text = SamplePlan.Text.ToCharArray();
            for (var damage = random.Next(4); damage >= 0; damage--)
            {
                text[random.Next(text.Length)] = Noise[random.Next(Noise.Length)];
            }

            try
            {
                SamplePlan.Parse(new string(text));
            }
            catch (PlanException)
            {
                // Refused.
            }
        }
    }

    [Theory]
    [InlineData("from: shared, ", "", "plan.yaml:25: shared: nothing starts from the shared weights; say training.from: shared, or leave the key out")]
    [InlineData("random: 3 }", "random: 65 }", "plan.yaml:25: shared.random: '65' does not belong here; a whole number from 0 to 64")]
    [InlineData("shared: { recipe: {", "shared: { recipe: { from: scratch,", "plan.yaml:25: shared.recipe.from: shared weights start from full-precision weights; leave the key out")]
    [InlineData("[proxy, start, { steps: 10 }]", "[start, proxy]", "plan.yaml:24: ladder.rungs[1]: proxy comes after start; climb from proxy over start to more and more steps")]
    [InlineData("{ steps: 10 }", "{ steps: 40 }", "plan.yaml:24: ladder.rungs[2]: 40 steps is not before the end; training takes 40 steps (training.steps)")]
    [InlineData("keep: 0.25", "keep: 0", "plan.yaml:24: ladder.keep: '0' does not belong here; a share above 0 up to 1")]
    [InlineData("audit: 0.2", "audit: 1.5", "plan.yaml:24: ladder.audit: '1.5' does not belong here; a share from 0 up to 1")]
    [InlineData("lookahead: 4", "lookahead: 256", "plan.yaml:23: lookahead: '256' does not belong here; a whole number from 0 to 255")]
    public void Mistakes_about_ladder_and_shared_weights_are_named(string old, string @new, string mistake) =>
        Assert.Equal([mistake], SamplePlan.Mistakes(SamplePlan.With(old, @new)));

    [Fact]
    public void A_file_without_a_name_is_refused() => Assert.Throws<PlanException>(() => PlanFile.Read(""));

    [Fact]
    public void A_missing_file_is_named()
    {
        var refusal = Assert.Throws<PlanException>(() => PlanFile.Read("nowhere/plan.yaml"));

        Assert.StartsWith("nowhere/plan.yaml: cannot be read: ", refusal.Message, StringComparison.Ordinal);
    }
}
