package org.seeql.job.metrics;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.security.AccessControlException;
import org.seeql.udf.image.UndecodableImageException;

/** Why an image failed, as a value of a metric label. */
enum FailureReason {
  /** The file does not exist. */
  MISSING,
  /** Access to the file is denied. */
  DENIED,
  /** The file cannot be read for another reason, or its path leaves the image root. */
  UNREADABLE,
  /** The file is not a valid image, or the image has too many pixels. */
  UNDECODABLE,
  /** An unexpected error. */
  ERROR;

  static final List<FailureReason> OF_READING = List.of(MISSING, DENIED, UNREADABLE, ERROR);
  static final List<FailureReason> OF_DECODING = List.of(UNDECODABLE, ERROR);
  static final List<FailureReason> OF_MODELS = List.of(ERROR);

  static FailureReason of(Throwable failure) {
    FailureReason itself = ofThis(failure);
    return itself == UNREADABLE && failure.getCause() instanceof IOException cause
        ? of(cause)
        : itself;
  }

  private static FailureReason ofThis(Throwable failure) {
    if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
      return MISSING;
    }
    if (failure instanceof AccessDeniedException || failure instanceof AccessControlException) {
      return DENIED;
    }
    if (failure instanceof UndecodableImageException) {
      return UNDECODABLE;
    }
    return failure instanceof IOException ? UNREADABLE : ERROR;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
