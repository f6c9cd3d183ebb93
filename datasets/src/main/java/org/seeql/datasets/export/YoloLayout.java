package org.seeql.datasets.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.datasets.export.YoloExport.ImageTransfer;

/**
 * The files of an exported data set: {@code images/SPLIT/NAME.jpg} and {@code
 * labels/SPLIT/NAME.txt}.
 */
final class YoloLayout {
  private static final String IMAGES = "images";
  private static final String LABELS = "labels";

  private final Path folder;
  private final Optional<Path> root;
  private final ImageTransfer mode;

  /**
   * @param folder an empty folder
   * @param root the folder of the images; may be empty if they are neither linked nor copied
   */
  YoloLayout(Path folder, Optional<Path> root, ImageTransfer mode) {
    this.folder = requireNonNull(folder, "folder is null");
    this.root = requireNonNull(root, "root is null");
    this.mode = requireNonNull(mode, "mode is null");
  }

  /** The folder of a split's images, relative to the data set. */
  static String images(String split) {
    return IMAGES + "/" + split;
  }

  /**
   * Writes the labels of an image, and links or copies its file.
   *
   * @param path relative to the image root, with slashes
   * @param labels the lines; empty for an image without objects
   * @return whether the file of the image exists
   */
  boolean add(long imageId, String path, String split, String labels) throws IOException {
    String name = name(imageId, path, split);
    int dot = name.lastIndexOf('.');
    boolean hasEnding = dot > name.lastIndexOf('/');
    String stem = hasEnding ? name.substring(0, dot) : name;
    String ending = hasEnding ? name.substring(dot) : "";
    try {
      writeLabels(split, stem, labels);
    } catch (FileAlreadyExistsException e) {
      // Another image has the same name with another ending, or in another folder.
      stem += "-" + imageId;
      writeLabels(split, stem, labels);
    }
    return mode == ImageTransfer.NONE
        || place(
            root.orElseThrow().resolve(path), folder.resolve(images(split)).resolve(stem + ending));
  }

  private void writeLabels(String split, String stem, String labels) throws IOException {
    Path file = folder.resolve(LABELS).resolve(split).resolve(stem + ".txt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, labels, UTF_8, StandardOpenOption.CREATE_NEW);
  }

  private boolean place(Path image, Path target) throws IOException {
    if (!Files.isRegularFile(image)) {
      return false;
    }
    Files.createDirectories(target.getParent());
    if (mode == ImageTransfer.COPY) {
      Files.copy(image, target);
    } else {
      Files.createSymbolicLink(target, image);
    }
    return true;
  }

  /**
   * The name of an image below the folder of its split. A folder "images" in its path must not
   * remain, because YOLO finds labels by the last one.
   */
  private static String name(long imageId, String path, String split) {
    List<String> parts = List.of(path.split("/", -1));
    if (parts.contains("") || parts.contains(".") || parts.contains("..")) {
      throw new RefusalException(
          "Cannot export image %d: its path '%s' is not a path below the image root"
              .formatted(imageId, path));
    }
    List<String> below = parts.subList(parts.lastIndexOf(IMAGES) + 1, parts.size());
    boolean repeats = below.size() > 1 && below.get(0).equals(split);
    return String.join("/", repeats ? below.subList(1, below.size()) : below);
  }
}
