package org.seeql.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seeql.udf.image.UndecodableImageException;

class FailureReasonTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("a.jpg"), "missing"),
        Arguments.of(new FileNotFoundException("a.jpg"), "missing"),
        Arguments.of(
            new IOException("There is no such file: a.jpg", new NoSuchFileException("a.jpg")),
            "missing"),
        Arguments.of(
            new IOException("The file may not be read", new AccessDeniedException("a.jpg")),
            "denied"),
        Arguments.of(new IOException("The path leaves the image root"), "unreadable"),
        Arguments.of(new UndecodableImageException("The file is empty"), "undecodable"),
        Arguments.of(
            new UndecodableImageException("It is damaged", new IOException()), "undecodable"),
        Arguments.of(new IllegalStateException("a bug"), "error"),
        Arguments.of(new IOException(new IllegalStateException("a bug")), "unreadable"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isOneOfAFewWords(Exception failure, String label) {
    assertThat(FailureReason.of(failure).label()).isEqualTo(label);
  }
}
