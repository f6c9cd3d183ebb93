package org.seeql.job.storage;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Converts exceptions of file systems to messages for users. S3A's exceptions are recognized by
 * name, because S3A may be missing from the class path.
 */
public final class StorageErrors {
  private static final int DEEPEST_CAUSE = 20;

  private StorageErrors() {}

  /** Whether the file's bucket is missing, not only the file. */
  public static boolean isOfBucket(IOException error) {
    return isA(error, "UnknownStoreException");
  }

  /** A short reason why a file or folder cannot be read. */
  public static String reason(IOException error) {
    if (isA(error, "NoAuthWithAWSException") || isA(error, "NoAwsCredentialsException")) {
      return "there are no credentials for it; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (on a cluster: --s3=SECRET)";
    }
    if (isOfBucket(error)) {
      return "there is no such bucket";
    }
    // S3A adds the store's error as the cause; a local file system has no cause
    if (isDenied(error) && error.getCause() != null) {
      return "access is denied: the credentials are wrong, or do not allow it";
    }
    if (error instanceof FileSystemException e && e.getReason() != null) {
      return e.getReason();
    }
    if (error instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (isDenied(error)) {
      return "it may not be read";
    }
    Optional<Throwable> connection =
        causes(error)
            .filter(StorageErrors::isOfConnection)
            .filter(cause -> !quotesOthers(cause))
            .findFirst();
    if (connection.isPresent()) {
      return "its store does not answer (%s)".formatted(describe(connection.get()));
    }
    if (isA(error, "ApiCallTimeoutException")) {
      return "its store does not answer";
    }
    if (error instanceof FileSystemException) {
      return error.getClass().getSimpleName();
    }
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }

  private static boolean isDenied(IOException error) {
    return error instanceof AccessDeniedException || error instanceof AccessControlException;
  }

  private static boolean isOfConnection(Throwable error) {
    return error instanceof UnknownHostException
        || error instanceof ConnectException
        || error instanceof SSLException
        || error instanceof SocketTimeoutException;
  }

  /** S3A repeats the messages of all causes in the outermost message. */
  private static boolean quotesOthers(Throwable error) {
    return String.valueOf(error.getMessage()).contains("Exception: ");
  }

  private static String describe(Throwable connection) {
    if (connection instanceof UnknownHostException) {
      return "unknown host: " + connection.getMessage();
    }
    return connection instanceof SSLException
        ? connection.getMessage() + "; the endpoint may need http:// instead of https://"
        : connection.getMessage();
  }

  private static boolean isA(Throwable error, String name) {
    return causes(error).anyMatch(cause -> cause.getClass().getSimpleName().equals(name));
  }

  private static Stream<Throwable> causes(Throwable error) {
    return Stream.iterate(error, cause -> cause != null, Throwable::getCause).limit(DEEPEST_CAUSE);
  }
}
