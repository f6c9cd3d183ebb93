package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Validates names for Kubernetes and derives the names that SeeQL uses. */
public final class KubernetesNames {
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_SUBDOMAIN = 253;
  private static final int DIGITS_OF_PROGRAM = 12;

  /** RFC 1035: required for names of Services, and therefore of Spark's drivers. */
  private static final Pattern LABEL = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");

  /** RFC 1123. */
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private KubernetesNames() {}

  /**
   * The workflow name of a program and a run id. It is deterministic, so that a repeated submission
   * of the same run is recognised.
   *
   * @return at most 18 characters, which leaves room for the suffixes of Spark and Argo
   */
  public static String ofRun(String program, String runId) {
    requireNonNull(program, "program is null");
    requireNonNull(runId, "runId is null");
    return "seeql-" + digest(program + "\0" + runId);
  }

  /** The first twelve hexadecimal digits of the text's SHA-256. */
  static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS_OF_PROGRAM);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is not available", e);
    }
  }

  /** Checks the name of an object from which other names are derived. */
  public static String requireLabel(String what, String name) {
    if (name.length() > LONGEST_LABEL || !LABEL.matcher(name).matches()) {
      throw new SubmissionException(
          "Invalid %s: '%s' (at most %d of a-z, 0-9 and '-', beginning with a letter)"
              .formatted(what, name, LONGEST_LABEL));
    }
    return name;
  }

  static String requireSubdomain(String what, String name) {
    if (name.length() > LONGEST_SUBDOMAIN || !SUBDOMAIN.matcher(name).matches()) {
      throw new SubmissionException(
          "Invalid %s: '%s' (a-z, 0-9, '-' and '.', beginning and ending with a letter or digit)"
              .formatted(what, name));
    }
    return name;
  }
}
