package org.seeql.launcher.manifest;

import java.util.regex.Pattern;

/** Validates references to container images. */
final class ImageReference {
  private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final String HOST = "[A-Za-z0-9.-]+(?::[0-9]+)?";

  /** The grammar of the OCI distribution specification, with an optional registry host. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:"
              + HOST
              + "/)?"
              + PART
              + "(?:/"
              + PART
              + ")*"
              + "(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

  private ImageReference() {}

  static String require(String image) {
    if (!REFERENCE.matcher(image).matches()) {
      throw new SubmissionException(
          "Invalid image: '%s' (expected [HOST[:PORT]/]NAME[:TAG][@sha256:DIGEST])"
              .formatted(image));
    }
    return image;
  }
}
