using BitSearch.Cli.Storage;
using BitSearch.Torch.Tests;

namespace BitSearch.Cli.Tests.Storage;

public sealed class StudyFolderTests
{
    [Fact]
    public void A_study_is_run_by_one_process_at_a_time()
    {
        using var folder = new TemporaryFolder();
        var study = new StudyFolder(folder.PathOf("s"));
        using (study.Take())
        {
            var refusal = Assert.Throws<PlanException>(study.Take);
            Assert.Equal($"{study.Path}: another process is running this study; wait for it, stop it, or choose another study name", refusal.Message);
        }

        study.Take().Dispose();
    }

    [Fact]
    public void A_folder_with_other_files_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("thesis.tex", [1]);

        var refusal = Assert.Throws<PlanException>(new StudyFolder(folder.Root).Take);

        Assert.Equal($"{folder.Root}: the folder is no study's: it holds 'thesis.tex'; choose another study name or another folder of results (--results)", refusal.Message);
        Assert.Equal(["thesis.tex"], Directory.GetFiles(folder.Root).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("logs")]
    public void A_folder_of_somebody_elses_weights_or_logs_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf(name));

        Assert.Throws<PlanException>(new StudyFolder(folder.Root).Take);
    }

    [Fact]
    public void The_results_of_a_study_without_its_database_are_no_other_files()
    {
        using var folder = new TemporaryFolder();
        folder.Write("report.json", [1]);

        new StudyFolder(folder.Root).Take().Dispose();
    }
}
