namespace BitSearch.Tests;

public sealed class PlanExceptionTests
{
    [Fact]
    public void Every_problem_is_a_line_of_the_message_in_the_order_of_the_input()
    {
        var first = new Problem("plan.yaml: budget", "is -1", "a positive size such as 64 KiB");
        var second = new Problem("plan.yaml: network", "is missing", "one of resnet20, vgg-small");

        var exception = new PlanException([first, second]);

        Assert.Equal([first, second], exception.Problems);
        Assert.Equal(
            ["plan.yaml: budget: is -1; a positive size such as 64 KiB",
             "plan.yaml: network: is missing; one of resnet20, vgg-small"],
            exception.Message.Split(Environment.NewLine));
    }
}
