package org.seeql.job.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StorageErrorsTest {
  /** Has the name of S3A's exception, which is not on this class path. */
  private static final class NoAuthWithAWSException extends IOException {
    private static final long serialVersionUID = 1;
  }

  static Stream<Arguments> errors() {
    Exception refused = new RuntimeException("SDK", new ConnectException("Connect to s3:9000"));
    return Stream.of(
        Arguments.of(new NoSuchFileException("a"), "there is no such file or folder"),
        Arguments.of(new NoSuchFileException("a", null, "it is gone"), "it is gone"),
        Arguments.of(new FileSystemException("a"), "FileSystemException"),
        Arguments.of(new AccessDeniedException("a"), "it may not be read"),
        Arguments.of(
            new AccessDeniedException("a", null, "S3Exception: FORBIDDEN (403):null")
                .initCause(new IOException("403")),
            "access is denied: the credentials are wrong, or do not allow it"),
        Arguments.of(
            new AccessDeniedException("a").initCause(new NoAuthWithAWSException()),
            "there are no credentials for it; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (on a cluster: --s3=SECRET)"),
        Arguments.of(
            new ConnectException("on s3a://a: SdkClientException: Connect to …").initCause(refused),
            "its store does not answer (Connect to s3:9000)"),
        Arguments.of(
            new IOException("…", new UnknownHostException("s3.example")),
            "its store does not answer (unknown host: s3.example)"),
        Arguments.of(
            new IOException("…", new SSLException("Unsupported or unrecognized SSL message")),
            "its store does not answer (Unsupported or unrecognized SSL message; the endpoint may need http:// instead of https://)"),
        Arguments.of(new IOException("first line\nsecond line"), "first line"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void areReportedInOneSentence(IOException error, String reason) {
    assertThat(StorageErrors.reason(error)).isEqualTo(reason);
  }
}
