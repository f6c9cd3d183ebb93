package org.seeql.job.metrics;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.security.AccessControlException;
import org.seeql.udf.image.UndecodableImageException;

/** Why an image failed, in few enough words for a label. */
enum FailureReason {
  /** There is no such file. */
  MISSING,
  /** The file may not be read. */
  DENIED,
  /** The file cannot be read for another reason, or its path leaves the image root. */
  UNREADABLE,
  /** Its bytes do not give an image, or one with too many pixels. */
  UNDECODABLE,
  /** What should not happen. */
  ERROR;

  static final List<FailureReason> OF_READING = List.of(MISSING, DENIED, UNREADABLE, ERROR);
  static final List<FailureReason> OF_DECODING = List.of(UNDECODABLE, ERROR);

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
