package org.seeql.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.seeql.cli.console.Channel;
import org.seeql.planner.parser.ProgramOutline;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.parser.SqlSyntaxException;
import org.seeql.planner.statement.Program;
import org.seeql.planner.statement.SqlMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "parse",
    description = {
      "Parses programs and prints their statements. Needs no database. Plans and runs nothing.",
      "With --format=json, prints one line with a document per program, in the order of the "
          + "arguments.",
      "Exit code 1 if any program is refused, 2 if a file cannot be read."
    })
@SuppressWarnings("UnusedVariable") // fields declare options; FileConsumer stores values
final class ParseCommand implements Callable<Integer> {
  private final Invocation invocation;

  /** Files, as positional arguments or after {@code -f}, in the order of the command line. */
  private final List<String> files = new ArrayList<>();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      parameterConsumer = FileConsumer.class,
      description = "Programs in UTF-8; - is standard input.")
  private List<String> positional;

  @Option(
      names = "-f",
      paramLabel = "FILE",
      parameterConsumer = FileConsumer.class,
      description = "The same as FILE.")
  private List<String> named;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text (an outline) or json. Default: ${DEFAULT-VALUE}.")
  private Form form;

  @Option(
      names = "--sql-mode",
      paramLabel = "MODES",
      defaultValue = "",
      description =
          "The sql_mode of the session at the start of a program, such as ANSI_QUOTES; a SET in "
              + "the program changes it. Default: the default of a new server.")
  private String sqlMode;

  ParseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  private enum Form {
    TEXT,
    JSON
  }

  @Override
  public Integer call() {
    if (files.isEmpty()) {
      throw new CommandRefusal(
          "Missing program: specify at least one FILE, or - for standard input");
    }
    int exitCode = ExitCode.DONE;
    for (String file : files) {
      exitCode = Math.max(exitCode, parse(file));
    }
    return exitCode;
  }

  private int parse(String file) {
    String text;
    try {
      text =
          file.equals("-")
              ? ProgramSource.ofInput(invocation).text()
              : ProgramSource.ofFile(invocation.resolve(file)).text();
    } catch (CommandRefusal e) {
      invocation.console().err().println(e.getMessage());
      return ExitCode.FAILED;
    }
    try {
      Program program = ProgramParser.parse(text, SqlMode.parse(sqlMode));
      print(file, ProgramOutline.toTree(program), ProgramOutline.toText(program));
      return ExitCode.DONE;
    } catch (SqlSyntaxException e) {
      print(file, ProgramOutline.toTree(e), "refused at " + e.getMessage() + "\n");
      return ExitCode.REFUSED;
    }
  }

  private void print(String file, Map<String, Object> tree, String outline) {
    Channel out = invocation.console().out();
    if (form == Form.TEXT) {
      out.println((files.size() > 1 ? file + "\n" : "") + outline.stripTrailing());
      return;
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", file);
    document.putAll(tree);
    try {
      out.println(new ObjectMapper().writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the statements of " + file, e);
    }
  }

  /** Adds one file, positional or after {@code -f}. */
  private static final class FileConsumer implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> arguments, ArgSpec argument, CommandSpec command) {
      ((ParseCommand) command.userObject()).files.add(arguments.pop());
    }
  }
}
