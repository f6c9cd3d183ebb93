package org.seeql.cli.console;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;

/**
 * Standard output or standard error, with its capabilities.
 *
 * @param stream nobody closes it; for a terminal, unsafe characters of foreign text are replaced
 * @param look what the channel can display
 * @param width in characters; {@link Integer#MAX_VALUE} if lines may have any length
 */
public record Channel(PrintStream stream, Look look, int width) {

  /** What a channel can display. */
  public enum Look {
    /** A file or a pipe: plain lines. */
    PLAIN,
    /** A terminal without colours. Progress lines are overwritten. */
    MONOCHROME,
    /** A terminal with colours. */
    COLOUR
  }

  public Channel {
    requireNonNull(stream, "stream is null");
    requireNonNull(look, "look is null");
    if (width < 1) {
      throw new IllegalArgumentException("width is not positive: " + width);
    }
    if (look != Look.PLAIN) {
      stream = TerminalStream.over(stream);
    }
  }

  /** A file or a pipe. Data are written unchanged. */
  public static Channel plain(PrintStream stream) {
    return new Channel(stream, Look.PLAIN, Integer.MAX_VALUE);
  }

  /**
   * A file or a pipe for messages. Messages are filtered, because a terminal may show them later.
   */
  static Channel plainMessages(PrintStream stream) {
    return plain(TerminalStream.over(stream));
  }

  /**
   * The unfiltered stream for help text, which contains only SeeQL's own text and escape sequences.
   */
  public PrintStream helpStream() {
    return TerminalStream.unfiltered(stream);
  }

  public boolean isTerminal() {
    return look != Look.PLAIN;
  }

  /**
   * The text with a style if this channel shows colours, else the plain text. Print the result only
   * to this channel.
   */
  public String paint(Style style, String text) {
    return look == Look.COLOUR ? style.wrap(text) : text;
  }

  public void println(String line) {
    stream.print(line + "\n");
    stream.flush();
  }

  public void println() {
    println("");
  }
}
