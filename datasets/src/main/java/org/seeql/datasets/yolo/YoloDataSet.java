package org.seeql.datasets.yolo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.seeql.database.RefusalException;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.record.KnownIds;
import org.seeql.planner.message.NearestNames;

/**
 * A data set in the format of Ultralytics YOLO: a YAML file, folders or lists of images, and one
 * label file per image. Each split is a source. An image of several splits belongs to the first of
 * them. Not thread-safe.
 *
 * @see <a href="https://docs.ultralytics.com/datasets/detect/">Ultralytics' data set format</a>
 */
public final class YoloDataSet {
  private static final List<String> SPLITS = List.of("train", "val", "test");
  private static final Set<String> OTHER_KEYS =
      Set.of("path", "names", "nc", "kpt_shape", "flip_idx", "download", "channels");
  private static final String PARENT = "../";

  private final String name;
  private final YoloYaml yaml;
  private final SortedMap<Integer, String> names;
  private final Optional<KeypointShape> keypoints;
  private final Path root;
  private final Path imageFolder;
  private final List<YoloSplit> splits = new ArrayList<>();
  private final Set<String> claimed = new HashSet<>();
  private Optional<YoloIds> ids = Optional.empty();

  /**
   * How a data set is read.
   *
   * @param root replaces {@code path} of the YAML file
   * @param directory the user's current directory
   * @param split the only key of the YAML file that is read; all of train, val and test if empty
   */
  public record ReadOptions(Optional<Path> root, Path directory, Optional<String> split) {
    public ReadOptions {
      requireNonNull(root, "root is null");
      requireNonNull(directory, "directory is null");
      requireNonNull(split, "split is null");
    }
  }

  private YoloDataSet(Path file, String name, ReadOptions selection) {
    this.name = requireNonNull(name, "name is null");
    this.yaml = YoloYaml.read(file, name);
    this.names = yaml.names();
    this.keypoints = yaml.keypoints();
    this.root = root(file, selection);
    Path common = root;
    for (String split : splitNames(selection.split())) {
      List<Path> places = yaml.images(split).stream().map(text -> place(split, text)).toList();
      for (Path place : places) {
        common = common(common, Files.isDirectory(place) ? place : place.getParent());
      }
      splits.add(new YoloSplit(this, split, places));
    }
    if (common.getNameCount() == 0) {
      throw refusal("its folders have no common parent folder; import its splits one by one");
    }
    this.imageFolder = common;
  }

  /**
   * Reads the YAML file.
   *
   * @param name the file's name in messages
   * @throws RefusalException if the file is invalid, or a folder that it names does not exist
   */
  public static YoloDataSet open(Path file, String name, ReadOptions selection) {
    return new YoloDataSet(file, name, selection);
  }

  private Path root(Path file, ReadOptions selection) {
    Path folder = file.toAbsolutePath().getParent();
    Optional<Path> given = selection.root();
    Optional<String> path = given.isPresent() ? Optional.empty() : yaml.path();
    Path found = given.orElse(folder);
    if (path.isPresent()) {
      Path nextToFile = resolve(folder, path.get());
      found =
          Files.isDirectory(nextToFile) ? nextToFile : resolve(selection.directory(), path.get());
      if (!Files.isDirectory(found)) {
        throw refusal(
            "its path %s is not a folder; specify the folder with --path".formatted(path.get()));
      }
    }
    try {
      return found.toRealPath();
    } catch (IOException e) {
      throw new RefusalException("Cannot import %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private List<String> splitNames(Optional<String> wanted) {
    if (wanted.isPresent()) {
      List<String> known = yaml.keys().stream().filter(key -> !OTHER_KEYS.contains(key)).toList();
      if (!known.contains(wanted.get()) || yaml.images(wanted.get()).isEmpty()) {
        throw new RefusalException(
            NearestNames.unknown("split", wanted.get(), known) + "; in " + name);
      }
      return List.of(wanted.get());
    }
    List<String> all = SPLITS.stream().filter(split -> !yaml.images(split).isEmpty()).toList();
    if (all.isEmpty()) {
      throw refusal("it has no train, val or test");
    }
    return all;
  }

  /** The folder or the list of a split. Some tools write a path that begins with one "../" more. */
  private Path place(String split, String text) {
    Path place = resolve(root, text);
    if (!Files.exists(place) && text.startsWith(PARENT)) {
      place = resolve(root, text.substring(PARENT.length()));
    }
    if (!Files.isDirectory(place) && !Files.isRegularFile(place)) {
      throw refusal(
          "its %s is missing: there is no folder or list %s; specify the folder of the data set with --path, or import the other splits with --split"
              .formatted(split, place));
    }
    return place.startsWith(root) ? place : withoutLinks(place);
  }

  /** The same place in the data set's folder, if an absolute path leads there through links. */
  private Path withoutLinks(Path place) {
    try {
      Path real = place.toRealPath();
      return real.startsWith(root) ? real : place;
    } catch (IOException e) {
      return place;
    }
  }

  private Path resolve(Path folder, String text) {
    try {
      return YoloImages.resolve(folder, text);
    } catch (InvalidPathException e) {
      throw new RefusalException(
          "Cannot import %s: it contains an invalid path: %s".formatted(name, e.getReason()), e);
    }
  }

  private static Path common(Path one, Path other) {
    Path common = one;
    while (!other.startsWith(common)) {
      common = common.getParent();
    }
    return common;
  }

  /** The folder to which the file names of images are relative. */
  public Path imageFolder() {
    return imageFolder;
  }

  /** The splits, in the order in which they must be read. */
  public List<DataSetSource> sources() {
    return List.copyOf(splits);
  }

  String name() {
    return name;
  }

  Path root() {
    return root;
  }

  SortedMap<Integer, String> names() {
    return names;
  }

  /** The ids, which all splits share. */
  YoloIds begin(KnownIds known) throws SQLException {
    if (ids.isEmpty()) {
      ids = Optional.of(new YoloIds(known, names));
    }
    return ids.get();
  }

  YoloClasses classes() {
    YoloIds given = ids.orElseThrow(() -> new IllegalStateException("begin was not called"));
    return new YoloClasses(given.categories(), keypoints);
  }

  /** Whether no split has this image yet. */
  boolean claim(String fileName) {
    return claimed.add(fileName);
  }

  /** The name of a file in records and messages. */
  String fileName(Path file) {
    return (file.startsWith(imageFolder) ? imageFolder.relativize(file) : file).toString();
  }

  RefusalException refusal(String reason) {
    return yaml.refusal(reason);
  }
}
