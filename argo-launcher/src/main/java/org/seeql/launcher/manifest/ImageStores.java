package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The locations of a program's images and models, in addition to the content of the container
 * image.
 *
 * @param claims volumes that every pod mounts
 * @param s3Secret a Secret whose keys are the environment variables of AWS's tools: {@code
 *     AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}, and optional others
 */
public record ImageStores(List<ClaimMount> claims, Optional<String> s3Secret) {
  public static final ImageStores NONE = new ImageStores(List.of(), Optional.empty());

  public ImageStores {
    claims = List.copyOf(claims);
    requireNonNull(s3Secret, "s3Secret is null");
    refuseOnePathTwice(claims);
    s3Secret.ifPresent(secret -> KubernetesNames.requireSubdomain("--s3", secret));
  }

  private static void refuseOnePathTwice(List<ClaimMount> claims) {
    Map<String, String> byPath = new HashMap<>();
    for (ClaimMount mount : claims) {
      String earlier = byPath.putIfAbsent(mount.path(), mount.claim());
      if (earlier != null) {
        throw new SubmissionException(
            "Invalid --pvc: the claims %s and %s are both mounted at %s; a pod can have only one volume at a path"
                .formatted(earlier, mount.claim(), mount.path()));
      }
    }
  }
}
