package org.seeql.launcher.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The files of the repository's folder {@code k8s}, which the build adds to the class path. */
final class ManifestFiles {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String ROOT = "k8s/";

  private ManifestFiles() {}

  /** The objects of a file, without comments. */
  static List<ObjectNode> objects(String path) {
    try (InputStream in = open(path);
        MappingIterator<ObjectNode> objects = YAML.readerFor(ObjectNode.class).readValues(in)) {
      return objects.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + ROOT + path, e);
    }
  }

  /** Parses YAML text, such as a patch in a kustomization. */
  static JsonNode parse(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read YAML", e);
    }
  }

  private static InputStream open(String path) throws FileNotFoundException {
    InputStream in = ManifestFiles.class.getResourceAsStream(ROOT + path);
    if (in == null) {
      throw new FileNotFoundException(ROOT + path + " is not on the class path");
    }
    return in;
  }
}
