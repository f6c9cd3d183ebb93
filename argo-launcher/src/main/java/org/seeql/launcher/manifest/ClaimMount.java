package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A PersistentVolumeClaim where images and models lie, and the folder that pods see it at. Pods
 * only read it.
 *
 * @param path absolute
 */
public record ClaimMount(String claim, String path) {
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

  public ClaimMount {
    KubernetesNames.requireSubdomain("claim", claim);
    requireNonNull(path, "path is null");
    if (!PATH.matcher(path).matches()) {
      throw new SubmissionException(
          "Invalid folder of claim %s: '%s' (an absolute path of letters, digits, '.', '_' and '-')"
              .formatted(claim, path));
    }
  }

  /**
   * Reads {@code name:/mount}.
   *
   * @throws SubmissionException if it is not of that form
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
