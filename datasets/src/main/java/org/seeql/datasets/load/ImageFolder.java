package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The location of a data set's images when a folder is added to those of earlier imports. A
 * database has a single image root: the folder that contains all of them.
 *
 * @param root the folder or URI to which every {@code path} of the table is relative
 * @param earlierPrefix the prefix for the paths that are already in the table; empty or ends with
 *     '/'
 * @param prefix the prefix for the names of the added images; empty or ends with '/'
 */
record ImageFolder(String root, String earlierPrefix, String prefix) {
  ImageFolder {
    requireNonNull(root, "root is null");
    requireNonNull(earlierPrefix, "earlierPrefix is null");
    requireNonNull(prefix, "prefix is null");
  }

  /**
   * Joins two folders.
   *
   * @param earlier the current root
   * @param folder a path or a URI
   * @return empty if they have no folder in common
   */
  static Optional<ImageFolder> join(Optional<String> earlier, String folder) {
    if (earlier.isEmpty()) {
      return Optional.of(new ImageFolder(folder, "", ""));
    }
    List<String> old = parts(earlier.get());
    List<String> added = parts(folder);
    int common = 0;
    while (common < Math.min(old.size(), added.size())
        && old.get(common).equals(added.get(common))) {
      common++;
    }
    // Too little in common is "/" alone, or "s3a:" and "" with a different bucket.
    int min = folder.contains("://") ? 3 : 2;
    if (common < Math.min(min, old.size())) {
      return Optional.empty();
    }
    String root = String.join("/", old.subList(0, common));
    return Optional.of(
        new ImageFolder(root.isEmpty() ? "/" : root, below(old, common), below(added, common)));
  }

  private static List<String> parts(String folder) {
    List<String> parts = new ArrayList<>(List.of(folder.split("/")));
    if (parts.isEmpty()) {
      parts.add("");
    }
    return parts;
  }

  private static String below(List<String> parts, int common) {
    List<String> rest = parts.subList(common, parts.size());
    return rest.isEmpty() ? "" : String.join("/", rest) + "/";
  }
}
