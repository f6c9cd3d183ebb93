package org.seeql.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** The layout of {@code log4j2.properties}. */
class LogLayoutTest {
  private static final String HOSTILE = "a\u001b[2Jb\u009bm\u202ec\rd";
  private static final String SAFE = "a\ufffd[2Jb\ufffdm\ufffdc\ufffdd";

  @Test
  void logsNoTerminalControlCharacters() throws Exception {
    String line =
        layout()
            .toSerializable(
                Log4jLogEvent.newBuilder()
                    .setLoggerName("org.seeql.Some")
                    .setLevel(Level.WARN)
                    .setMessage(new SimpleMessage(HOSTILE + "\tend"))
                    .setThrown(new IllegalStateException(HOSTILE))
                    .build());

    assertThat(line)
        .contains("WARN  Some: " + SAFE + "\tend\n")
        .containsOnlyOnce("java.lang.IllegalStateException: " + SAFE + "\n\tat ")
        .doesNotContain("\u001b", "\u009b", "\u202e", "\r");
  }

  private static PatternLayout layout() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = LogLayoutTest.class.getResourceAsStream("/log4j2.properties")) {
      properties.load(file);
    }
    return PatternLayout.newBuilder()
        .withPattern(properties.getProperty("appender.console.layout.pattern"))
        .withAlwaysWriteExceptions(
            Boolean.parseBoolean(
                properties.getProperty("appender.console.layout.alwaysWriteExceptions")))
        .build();
  }
}
