package org.seeql.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Captures printed text. */
public final class Capture {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, false, UTF_8);

  /** A file or a pipe. */
  public Channel pipe() {
    return Channel.plain(stream);
  }

  /** A terminal without colours. */
  public Channel terminal(int width) {
    return new Channel(stream, Channel.Look.MONOCHROME, width);
  }

  /** A terminal with colours. */
  public Channel colours(int width) {
    return new Channel(stream, Channel.Look.COLOUR, width);
  }

  public String text() {
    stream.flush();
    return bytes.toString(UTF_8);
  }
}
