package org.seeql.datasets.yolo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the images of a split: those in folders, and those that text files list. */
final class YoloImages {
  private static final int MAX_LIST_BYTES = 256 << 20;

  /** The endings of image files that can be decoded, and that YOLO reads. */
  private static final Set<String> ENDINGS =
      Set.of("bmp", "gif", "jpeg", "jpg", "mpo", "png", "tif", "tiff", "webp");

  private final Path root;

  /**
   * @param root the folder to which listed names are relative
   */
  YoloImages(Path root) {
    this.root = requireNonNull(root, "root is null");
  }

  /** The images of a folder and its subfolders, sorted, or of a list in its order. */
  List<Path> find(Path place) throws IOException {
    return Files.isDirectory(place) ? inFolder(place) : listed(place);
  }

  private static List<Path> inFolder(Path folder) throws IOException {
    List<Path> images = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isImage(file)) {
              images.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    Collections.sort(images);
    return images;
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && ENDINGS.contains(ending);
  }

  private List<Path> listed(Path list) throws IOException {
    if (Files.size(list) > MAX_LIST_BYTES) {
      throw new IOException(
          "%s has %d bytes (at most %d)".formatted(list, Files.size(list), MAX_LIST_BYTES));
    }
    List<Path> images = new ArrayList<>();
    // If a name is not valid UTF-8, the file does not exist.
    String text = new String(Files.readAllBytes(list), UTF_8).replaceFirst("^\uFEFF", "");
    for (String line : text.lines().toList()) {
      String name = line.strip();
      if (!name.isEmpty()) {
        images.add(listed(list, name));
      }
    }
    return images;
  }

  /** Names that begin with "./" are relative to the list, other names to the data set. */
  private Path listed(Path list, String name) throws IOException {
    try {
      boolean isBeside = name.startsWith("./") || name.startsWith(".\\");
      Path base = isBeside && list.getParent() != null ? list.getParent() : root;
      return resolve(base, name);
    } catch (InvalidPathException e) {
      throw new IOException("%s contains an invalid path: %s".formatted(list, e.getReason()), e);
    }
  }

  /** Resolves a path, which tools on Windows write with backslashes. */
  static Path resolve(Path folder, String name) {
    Path path = folder.resolve(name).normalize();
    return name.indexOf('\\') < 0 || Files.exists(path)
        ? path
        : folder.resolve(name.replace('\\', '/')).normalize();
  }
}
