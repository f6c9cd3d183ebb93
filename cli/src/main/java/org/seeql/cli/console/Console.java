package org.seeql.cli.console;

import static java.io.OutputStream.nullOutputStream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * The input and output of a user. {@code out} receives only the rows of results. {@code err}
 * receives errors, and {@code messages} receives progress, summaries and hints. They are the same
 * channel, except with {@code --quiet}.
 *
 * @param program the word by which the user calls SeeQL, for suggested commands
 */
public record Console(InputStream in, Channel out, Channel err, Channel messages, String program) {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int DEFAULT_WIDTH = 80;
  private static final String PROGRAM = "seeql";

  public Console {
    requireNonNull(in, "in is null");
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
    requireNonNull(messages, "messages is null");
    requireNonNull(program, "program is null");
  }

  /** A console that prints all messages. */
  public Console(InputStream in, Channel out, Channel err) {
    this(in, out, err, err, PROGRAM);
  }

  /** The same console without progress, summaries and hints. */
  public Console quiet() {
    return new Console(
        in, out, err, Channel.plain(new PrintStream(nullOutputStream(), false, UTF_8)), program);
  }

  /** The same console with another output. */
  public Console withOut(Channel other) {
    return new Console(in, other, err, messages, program);
  }

  /** The same console for a user who calls SeeQL by another word, such as {@code ./seeql}. */
  public Console calledBy(String word) {
    return new Console(in, out, err, messages, word);
  }

  /**
   * The console of this process. {@code ./seeql} sets {@code SEEQL_TERMINAL} to the streams that
   * are terminals ({@code out}, {@code err} or both), and {@code COLUMNS} to their width. The JVM
   * only knows whether input and output are both terminals. Output is always UTF-8, independent of
   * the locale.
   */
  public static Console ofProcess(Map<String, String> environment) {
    return new Console(
        System.in,
        isTerminal("out", environment) || isInteractive()
            ? terminal(stream(FileDescriptor.out), environment)
            : Channel.plain(stream(FileDescriptor.out)),
        isTerminal("err", environment)
            ? terminal(stream(FileDescriptor.err), environment)
            : Channel.plainMessages(stream(FileDescriptor.err)));
  }

  private static boolean isTerminal(String name, Map<String, String> environment) {
    return environment.getOrDefault("SEEQL_TERMINAL", "").contains(name);
  }

  /**
   * Whether input and output are terminals. This also works if {@code ./seeql} did not start the
   * JVM.
   */
  @SuppressWarnings("SystemConsoleNull") // since Java 22 never null; isTerminal decides
  private static boolean isInteractive() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      // before Java 22 a console exists only if input and output are terminals
      return true;
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES), false, UTF_8);
  }

  private static Channel terminal(PrintStream stream, Map<String, String> environment) {
    // https://no-color.org: the variable disables colours if it is set and not empty
    boolean colours =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Channel(
        stream,
        colours ? Channel.Look.COLOUR : Channel.Look.MONOCHROME,
        width(environment.getOrDefault("COLUMNS", "")));
  }

  private static int width(String columns) {
    try {
      int width = Integer.parseInt(columns);
      return width > 0 ? width : DEFAULT_WIDTH;
    } catch (NumberFormatException e) {
      return DEFAULT_WIDTH;
    }
  }
}
