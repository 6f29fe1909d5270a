namespace BitSearch.Cli;

internal static class Program
{
    private static int Main()
    {
        Console.Error.WriteLine("usage: bitsearch COMMAND (no command is built in yet)");
        return 2;
    }
}
