package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A PersistentVolumeClaim with images and models, and its mount path in pods. Pods mount it
 * read-only.
 *
 * @param path absolute
 */
public record ClaimMount(String claim, String path) {
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

  /**
   * Folders that a mount must neither hide nor lie within: SeeQL's, Spark's, the program's and the
   * system's.
   */
  private static final List<String> TAKEN =
      List.of(
          PodParts.PROGRAM_DIRECTORY,
          "/opt/seeql",
          "/opt/spark",
          "/opt/libtorch",
          "/opt/java",
          "/proc",
          "/sys",
          "/dev",
          "/run/secrets",
          "/var/run/secrets",
          "/var/run/argo");

  /** System folders that may contain a mount but must not be hidden by one. */
  private static final List<String> NEVER_HIDDEN =
      List.of("/etc", "/usr", "/bin", "/sbin", "/lib", "/lib64", "/tmp");

  public ClaimMount {
    KubernetesNames.requireSubdomain("claim", claim);
    requireNonNull(path, "path is null");
    if (!PATH.matcher(path).matches()) {
      throw new SubmissionException(
          "Invalid folder of claim %s: '%s' (an absolute path of letters, digits, '.', '_' and '-')"
              .formatted(claim, path));
    }
    NEVER_HIDDEN.stream()
        .filter(hidden -> contains(path, hidden))
        .findFirst()
        .ifPresent(hidden -> refuse(claim, path, hidden));
    TAKEN.stream()
        .filter(reserved -> contains(reserved, path) || contains(path, reserved))
        .findFirst()
        .ifPresent(reserved -> refuse(claim, path, reserved));
  }

  private static boolean contains(String folder, String path) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  private static void refuse(String claim, String path, String reserved) {
    throw new SubmissionException(
        "Invalid folder of claim %s: '%s' (pods need %s; mount the claim at another path, such as /data)"
            .formatted(claim, path, reserved));
  }

  /**
   * Parses {@code name:/mount}.
   *
   * @throws SubmissionException if the text does not have that form
   */
  public static ClaimMount parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new SubmissionException(
          "Invalid --pvc: '%s' (expected NAME:/MOUNT, such as coco:/datasets/coco)"
              .formatted(text));
    }
    return new ClaimMount(text.substring(0, colon), text.substring(colon + 1));
  }
}
