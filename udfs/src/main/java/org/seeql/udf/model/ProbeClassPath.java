package org.seeql.udf.model;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The class path of a process that only runs models. It contains only the required jars of this
 * process, which makes the process start faster.
 */
final class ProbeClassPath {
  /** A class or another entry of each required jar. */
  private static final List<String> ENTRIES =
      List.of(
          "org/seeql/udf/model/ProbeMain.class",
          "ai/onnxruntime/OrtEnvironment.class",
          "ai/djl/engine/Engine.class",
          "ai/djl/pytorch/engine/PtEngine.class",
          "jnilib/pytorch.properties",
          "native/lib/pytorch.properties",
          "com/google/gson/Gson.class",
          "com/sun/jna/Native.class",
          "org/apache/commons/compress/archivers/tar/TarArchiveInputStream.class",
          "nu/pattern/OpenCV.class",
          "org/slf4j/LoggerFactory.class");

  private ProbeClassPath() {}

  static String find() {
    Set<String> places = new LinkedHashSet<>();
    ClassLoader loader = ProbeClassPath.class.getClassLoader();
    for (String entry : ENTRIES) {
      Optional.ofNullable(loader.getResource(entry))
          .flatMap(url -> place(url, entry))
          .ifPresent(places::add);
    }
    return String.join(File.pathSeparator, places);
  }

  /** The jar or folder that contains the entry. */
  private static Optional<String> place(URL url, String entry) {
    String text = url.toString();
    String place =
        text.startsWith("jar:")
            ? text.substring("jar:".length(), text.length() - entry.length() - "!/".length())
            : text.substring(0, text.length() - entry.length());
    try {
      URI uri = new URI(place);
      return "file".equals(uri.getScheme())
          ? Optional.of(Path.of(uri).toString())
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
