package org.seeql.udf.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first part of what native libraries and the JVM print on the standard error of a process.
 * Reads to the end of the stream, so that the process never blocks.
 */
final class NativeLines {
  private static final int KEPT_BYTES = 1 << 16;
  private static final int SHOWN_LINES = 3;
  private static final int SHOWN_CHARACTERS = 300;

  private static final Pattern CRASH = Pattern.compile("(?m)^#\\s+(SIG[A-Z]+) \\(");
  private static final Pattern FRAME =
      Pattern.compile("# Problematic frame:\\s+# \\S+\\s+\\[([^+\\]]+)");

  /** Time and source location: 2026-11-29 06:00:00.123 [W:onnxruntime:, graph.cc:123 F] */
  private static final Pattern PREFIX =
      Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d [\\d:.]+ )?\\[[A-Z][^\\]]*\\]\\s*");

  private final Thread reader;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  NativeLines(InputStream in) {
    reader = new Thread(() -> read(in), "read a probe's errors");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream in) {
    byte[] chunk = new byte[1 << 12];
    try (in) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        synchronized (bytes) {
          bytes.write(chunk, 0, Math.min(n, KEPT_BYTES - bytes.size()));
        }
      }
    } catch (IOException e) {
      // the process has ended, and its output so far is complete
    }
  }

  private String text() {
    try {
      // a child of the process may keep the stream open
      reader.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (bytes) {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /** {@code SIGSEGV in libtorch_cpu.so}, if the JVM reports it. */
  Optional<String> crash() {
    String text = text();
    Matcher signal = CRASH.matcher(text);
    if (!signal.find()) {
      return Optional.empty();
    }
    Matcher frame = FRAME.matcher(text);
    return Optional.of(signal.group(1) + (frame.find() ? " in " + frame.group(1) : ""));
  }

  /**
   * The first lines of the libraries, without those that only repeat a message.
   *
   * @param message to which they are appended
   */
  Optional<String> added(String message) {
    List<String> lines =
        text()
            .lines()
            .map(line -> PREFIX.matcher(line.strip()).replaceFirst("").strip())
            .map(line -> line.replaceAll("\\p{Cc}", ""))
            .filter(line -> !line.isEmpty() && !line.startsWith("#") && !isRepeated(line, message))
            .distinct()
            .limit(SHOWN_LINES)
            .toList();
    String shown = String.join(" | ", lines);
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            shown.length() > SHOWN_CHARACTERS ? shown.substring(0, SHOWN_CHARACTERS) + "…" : shown);
  }

  private static boolean isRepeated(String line, String message) {
    int compared = Math.min(line.length(), 40);
    return message.contains(line.substring(0, compared))
        || message.contains(line.substring(line.length() - compared));
  }
}
