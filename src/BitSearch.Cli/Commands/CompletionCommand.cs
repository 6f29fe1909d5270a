using System.CommandLine;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch completion SHELL</c>: scripts that ask the program itself through its <c>[suggest]</c> directive.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _bitsearch() {
          local line=${COMP_LINE#"${COMP_WORDS[0]}"}
          mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" "[suggest:$((COMP_POINT - ${#COMP_WORDS[0]} + 13))]" "bitsearch-cli$line" 2>/dev/null | grep -- "^${COMP_WORDS[COMP_CWORD]}")
        }
        complete -o default -F _bitsearch bitsearch ./bitsearch
        """;

    private const string Zsh = """
        _bitsearch() {
          local line="${words[2,CURRENT]}"
          local -a found=("${(@f)$("${words[1]}" "[suggest]" "bitsearch-cli $line" 2>/dev/null)}")
          compadd -a found
          _files
        }
        compdef _bitsearch bitsearch ./bitsearch
        """;

    private const string Fish = """
        complete -c bitsearch -a '(bitsearch "[suggest]" "bitsearch-cli "(string join " " (commandline -opc)[2..] (commandline -ct)) 2>/dev/null)'
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a completion script: source <(bitsearch completion bash).") { shell };
        command.SetAction(parsed => Console.WriteLine(parsed.GetRequiredValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish }));
        return command;
    }
}
