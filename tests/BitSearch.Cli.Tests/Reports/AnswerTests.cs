using BitSearch.Cli.Reports;
using BitSearch.Reports;
using BitSearch.Study;
using BitSearch.Tests.Reports;
using BitSearch.Trials;
using Spectre.Console;

namespace BitSearch.Cli.Tests.Reports;

public sealed class AnswerTests
{
    private static readonly StudyFacts Facts = FakeStudy.Facts(
        FakeStudy.Plan("a"),
        FakeStudy.Trial(0, Trial.BaselineArm, "2-2-2", 600 * 1024, 0.30),
        FakeStudy.Trial(1, "a", "4-2-1", 700 * 1024, 0.20)) with
    { Budget = FakeStudy.Bytes(1 << 20), ValidationImages = 100 };

    [Fact]
    public void The_answer_names_choice_size_accuracy_and_the_homogeneous_one()
    {
        var sentences = Answer.Sentences(StudyReport.Of(Facts));

        Assert.Equal("Of the 2 schedules tried within 1048576 B (1,024.0 KiB), trial 1 (4-2-1) has the fewest validation errors, in 700.0 KiB (packed file).", sentences[0]);
        Assert.Equal("It classifies 80.00 % of 100 validation images (95 % interval 71.12 to 86.66 %) correctly; these images chose it, and the test images have not been read.", sentences[1]);
        Assert.Equal(
            "The best homogeneous schedule within the budget, 2 bit, takes 600.0 KiB and gets 70.00 % on validation. The validation intervals overlap: chance alone could make such a difference.",
            sentences[3]);
    }

    [Fact]
    public void A_test_reading_comes_first_once_there_is_one()
    {
        var sentences = Answer.Sentences(StudyReport.Of(Facts with { Tests = new Dictionary<int, TestScore> { [1] = new(79, 100) } }));

        Assert.StartsWith("It classifies 79.00 % of 100 test images correctly (95 % interval ", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_homogeneous_choice_is_said_to_be_one() => Assert.Contains(
        "It is homogeneous (2 bit): no mixed schedule tried within the budget has fewer validation errors.",
        Answer.Sentences(StudyReport.Of(Facts with { Budget = FakeStudy.Bytes(650 * 1024) })));

    [Fact]
    public void An_unmet_budget_and_an_empty_study_are_said_plainly()
    {
        Assert.Equal(["None of the 2 schedules tried keeps the budget of 10 B (0.01 KiB)."], Answer.Sentences(StudyReport.Of(Facts with { Budget = FakeStudy.Bytes(10) })));
        Assert.Equal(["No trial has completed, so there is no answer yet."], Answer.Sentences(StudyReport.Of(FakeStudy.Facts(FakeStudy.Plan("a")))));
    }

    [Fact]
    public void The_console_shows_sentences_and_finalists()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 120;

        SummaryTable.Print(StudyReport.Of(FakeStudy.Large), console);

        Assert.Contains("best within 0.10x", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("full precision", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_machine_tells_its_versions()
    {
        var machine = Machine.Describe();

        Assert.StartsWith("0.107", machine.TorchSharp, StringComparison.Ordinal);
        Assert.StartsWith("2.10", machine.LibTorch, StringComparison.Ordinal);
        Assert.StartsWith("10.", machine.DotNet, StringComparison.Ordinal);
        Assert.True(machine.Cores > 0);
    }
}
