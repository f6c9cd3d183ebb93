package org.seeql.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * The only stream that writes to a terminal. Text is UTF-8. Control characters are replaced, except
 * line feeds, tabs and {@link OwnEscapes}. Flushing flushes the underlying stream. Closing does not
 * close the underlying stream.
 */
final class TerminalStream extends PrintStream {
  private final PrintStream terminal;

  private TerminalStream(PrintStream terminal) {
    super(new Filter(terminal), false, UTF_8);
    this.terminal = terminal;
  }

  /** Adds a filter to the stream, unless it already has one. */
  static PrintStream over(PrintStream terminal) {
    return terminal instanceof TerminalStream ? terminal : new TerminalStream(terminal);
  }

  /** The stream without the filter, for SeeQL's own text. */
  static PrintStream unfiltered(PrintStream stream) {
    return stream instanceof TerminalStream filtered ? filtered.terminal : stream;
  }

  @Override
  public boolean checkError() {
    return super.checkError() || terminal.checkError();
  }

  /** Replaces unsafe characters. A character may be split across writes. */
  private static final class Filter extends OutputStream {
    private final PrintStream terminal;
    private final CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] undecoded = new byte[0];
    private final StringBuilder mark = new StringBuilder();
    private boolean inOwnEscape;
    private boolean afterCarriageReturn;

    Filter(PrintStream terminal) {
      this.terminal = terminal;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      ByteBuffer input = ByteBuffer.allocate(undecoded.length + length);
      input.put(undecoded).put(bytes, offset, length).flip();
      CharBuffer characters = CharBuffer.allocate(input.remaining() + 1);
      decoder.reset().decode(input, characters, false);
      undecoded = new byte[input.remaining()];
      input.get(undecoded);
      StringBuilder safe = new StringBuilder(characters.flip().length());
      characters.chars().forEach(c -> add((char) c, safe));
      byte[] shown = safe.toString().getBytes(UTF_8);
      terminal.write(shown, 0, shown.length);
    }

    private void add(char character, StringBuilder safe) {
      if (inOwnEscape) {
        inOwnEscape = character != OwnEscapes.END;
        if (inOwnEscape) {
          safe.append(character);
        }
        return;
      }
      if (mark.length() > 0 || character == OwnEscapes.BEGIN) {
        addToMark(character, safe);
        return;
      }
      if (afterCarriageReturn && character != '\n') {
        safe.append(UnsafeText.REPLACEMENT);
      }
      afterCarriageReturn = character == '\r';
      if (!afterCarriageReturn) {
        boolean shown = character == '\n' || character == '\t' || !UnsafeText.isUnsafe(character);
        safe.append(shown ? character : UnsafeText.REPLACEMENT);
      }
    }

    private void addToMark(char character, StringBuilder safe) {
      String expected = OwnEscapes.mark();
      if (expected.charAt(mark.length()) != character) {
        // not SeeQL's mark: treat the characters as text
        String text = mark.substring(1);
        mark.setLength(0);
        safe.append(UnsafeText.REPLACEMENT);
        text.chars().forEach(c -> add((char) c, safe));
        add(character, safe);
        return;
      }
      mark.append(character);
      if (mark.length() == expected.length()) {
        mark.setLength(0);
        inOwnEscape = true;
      }
    }

    @Override
    public void flush() {
      terminal.flush();
    }
  }
}
