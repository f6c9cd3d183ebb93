package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The locations of a program's images and models, in addition to the content of the container
 * image.
 *
 * @param claims volumes that every pod mounts
 * @param s3Secret a Secret whose keys are the environment variables of AWS's tools: {@code
 *     AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}, and optional others
 * @param inImage folders with images or models that the container image itself contains
 */
public record ImageStores(
    List<ClaimMount> claims, Optional<String> s3Secret, List<String> inImage) {
  private static final Pattern FOLDER = Pattern.compile("/[^,:]*");

  public static final ImageStores NONE = new ImageStores(List.of(), Optional.empty());

  public ImageStores {
    claims = List.copyOf(claims);
    requireNonNull(s3Secret, "s3Secret is null");
    refuseOnePathTwice(claims);
    inImage = List.copyOf(inImage);
    inImage.forEach(ImageStores::requireFolder);
    s3Secret.ifPresent(secret -> KubernetesNames.requireSubdomain("--s3", secret));
  }

  /** Locations outside the container image. */
  public ImageStores(List<ClaimMount> claims, Optional<String> s3Secret) {
    this(claims, s3Secret, List.of());
  }

  private static void requireFolder(String folder) {
    if (!FOLDER.matcher(folder).matches()) {
      throw new SubmissionException(
          "Invalid --in-image: '%s' (an absolute path, such as /models)".formatted(folder));
    }
  }

  /** The folders of pods that can contain images and models. */
  List<String> folders() {
    return Stream.concat(claims.stream().map(ClaimMount::path), inImage.stream()).toList();
  }

  /** Whether an absolute path is in one of the folders. */
  boolean contains(String path) {
    Path normal = Path.of(path).normalize();
    return folders().stream().anyMatch(folder -> normal.startsWith(folder));
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
