package org.seeql.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seeql completion}: prints a script with which a shell completes commands and options. */
@Command(
    name = "completion",
    description = {
      "Prints a script for a shell, which then completes commands and options:",
      "  bash  source <(seeql completion bash)          in ~/.bashrc",
      "  zsh   source <(seeql completion zsh)           in ~/.zshrc, after compinit",
      "  fish  seeql completion fish > ~/.config/fish/completions/seeql.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  private static final String NAME = "seeql";

  /** The shells. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  private final Invocation invocation;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell;

  CompletionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine().setCommandName(NAME);
    invocation
        .console()
        .out()
        .println(
            shell == Shell.FISH
                ? fish(root)
                // the script for bash also runs in zsh, where it loads bashcompinit
                : AutoComplete.bash(NAME, root).stripTrailing());
    return ExitCode.DONE;
  }

  private static String fish(CommandLine root) {
    return Stream.concat(Stream.of("complete -c %s -f".formatted(NAME)), lines(root, List.of()))
        .collect(Collectors.joining("\n"));
  }

  /** The lines for the subcommands and options of a command. */
  private static Stream<String> lines(CommandLine command, List<String> path) {
    List<String> names = List.copyOf(command.getSubcommands().keySet());
    String seen =
        path.stream()
            .map(word -> "__fish_seen_subcommand_from " + word)
            .collect(Collectors.joining("; and "));
    String none =
        path.isEmpty()
            ? "__fish_use_subcommand"
            : seen + "; and not __fish_seen_subcommand_from " + String.join(" ", names);
    Stream<String> subcommands =
        names.stream()
            .map(
                name ->
                    "complete -c %s -n '%s' -a %s -d '%s'"
                        .formatted(
                            NAME,
                            none,
                            name,
                            summary(
                                command
                                    .getSubcommands()
                                    .get(name)
                                    .getCommandSpec()
                                    .usageMessage()
                                    .description())));
    Stream<String> options =
        path.isEmpty()
            ? Stream.empty()
            : command.getCommandSpec().options().stream().map(option -> line(option, seen));
    Stream<String> nested =
        names.stream()
            .flatMap(
                name ->
                    lines(
                        command.getSubcommands().get(name),
                        Stream.concat(path.stream(), Stream.of(name)).toList()));
    return Stream.of(subcommands, options, nested).flatMap(lines -> lines);
  }

  private static String line(OptionSpec option, String condition) {
    String name = option.longestName();
    return "complete -c %s -n '%s' %s%s -d '%s'"
        .formatted(
            NAME,
            condition,
            name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1),
            option.arity().max() > 0 ? " -r -F" : "",
            summary(option.description()));
  }

  /** The first sentence. */
  private static String summary(String... description) {
    String first = description.length == 0 ? "" : description[0];
    int end = first.indexOf(". ");
    return (end < 0 ? first : first.substring(0, end))
        .replace("%%", "%")
        .replace("\\", "\\\\")
        .replace("'", "\\'");
  }
}
