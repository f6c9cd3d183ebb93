package org.seeql.cli.console;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;

/**
 * Standard output or standard error, and what stands behind it.
 *
 * @param stream closed by nobody; to a terminal, what text from elsewhere could do to it is
 *     filtered out
 * @param look what it can show
 * @param width in characters; {@link Integer#MAX_VALUE} where lines may be of any length
 */
public record Channel(PrintStream stream, Look look, int width) {

  /** What a channel can show. */
  public enum Look {
    /** A file or a pipe: plain lines. */
    PLAIN,
    /** A terminal without colours: lines that are written over. */
    MONOCHROME,
    /** A terminal. */
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

  /** A file or a pipe, which gets data as they are. */
  public static Channel plain(PrintStream stream) {
    return new Channel(stream, Look.PLAIN, Integer.MAX_VALUE);
  }

  /** A file or a pipe for messages, which a terminal may show later: filtered as for one. */
  static Channel plainMessages(PrintStream stream) {
    return plain(TerminalStream.over(stream));
  }

  /** The stream for help, which is SeeQL's own text with escape sequences of its own. */
  public PrintStream helpStream() {
    return TerminalStream.unfiltered(stream);
  }

  public boolean isTerminal() {
    return look != Look.PLAIN;
  }

  /** The text in a style, where colours show; else the text. For this channel and no other. */
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
