package org.seeql.datasets.voc;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.seeql.datasets.record.MalformedFileException;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.voc.VocDocument.VocObject;

/**
 * Reads one annotation file of Pascal VOC. A document type, which can define entities, is rejected:
 * VOC has none, and the files are not trusted.
 */
final class VocXml {
  private static final long MAX_BYTES = 16L << 20;
  private static final int MAX_DEPTH = 50;
  private static final String OBJECT = "annotation/object";
  private static final String BOX = OBJECT + "/bndbox";
  private static final String PART = OBJECT + "/part";

  // The JDK's own implementation, regardless of others on the class path.
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XML.setProperty(XMLInputFactory.IS_COALESCING, true);
  }

  private final String name;
  private final XMLStreamReader xml;
  private final Deque<String> path = new ArrayDeque<>();
  private final Deque<StringBuilder> texts = new ArrayDeque<>();
  private final VocValues.Builder image = new VocValues.Builder();
  private final List<VocObject> objects = new ArrayList<>();
  private final List<VocValues> boxes = new ArrayList<>();
  private Place objectPlace;
  private VocValues.Builder object = new VocValues.Builder();
  private VocValues.Builder box = new VocValues.Builder();

  private VocXml(String name, XMLStreamReader xml) {
    this.name = requireNonNull(name, "name is null");
    this.xml = requireNonNull(xml, "xml is null");
  }

  /**
   * Reads a file.
   *
   * @param name the file's name in messages
   * @throws MalformedFileException if it is not well-formed or not in VOC's format
   */
  static VocDocument read(Path file, String name) throws IOException {
    if (!Files.isRegularFile(file)) {
      String reason = Files.exists(file) ? "it is not a regular file" : "there is no such file";
      throw malformed(Place.of(name), reason, null);
    }
    long bytes = Files.size(file);
    if (bytes > MAX_BYTES) {
      String reason = "it has %d bytes (at most %d)".formatted(bytes, MAX_BYTES);
      throw malformed(Place.of(name), reason, null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new VocXml(name, XML.createXMLStreamReader(in)).document();
    } catch (XMLStreamException e) {
      Location location = e.getLocation();
      Place place =
          location == null
              ? Place.of(name)
              : new Place(name, location.getLineNumber(), location.getColumnNumber());
      throw malformed(place, "invalid XML: " + reason(e), e);
    }
  }

  /** The reason without the location, which the JDK puts on a separate line before it. */
  private static String reason(XMLStreamException error) {
    List<String> lines = String.valueOf(error.getMessage()).lines().toList();
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    return last.startsWith("Message: ") ? last.substring("Message: ".length()) : last;
  }

  private static MalformedFileException malformed(Place place, String reason, Throwable cause) {
    return new MalformedFileException(
        new Problem(Problem.Kind.MALFORMED, Section.IMAGES, place, "", reason), cause);
  }

  private VocDocument document() throws XMLStreamException, MalformedFileException {
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD ->
            throw malformed(
                place(),
                "it has a document type declaration, which Pascal VOC does not allow",
                null);
        case XMLStreamConstants.START_ELEMENT -> start();
        case XMLStreamConstants.END_ELEMENT -> end();
        case XMLStreamConstants.CHARACTERS -> texts.getLast().append(xml.getText());
        default -> {
          // comments and processing instructions are ignored
        }
      }
    }
    return new VocDocument(image.build(), objects);
  }

  private void start() throws MalformedFileException {
    path.addLast(xml.getLocalName());
    if (path.size() > MAX_DEPTH) {
      throw malformed(place(), "it is nested deeper than " + MAX_DEPTH + " levels", null);
    }
    if (path.size() == 1 && !xml.getLocalName().equals("annotation")) {
      String reason = "its root is <%s>, not <annotation>".formatted(xml.getLocalName());
      throw malformed(place(), reason, null);
    }
    texts.addLast(new StringBuilder());
    switch (full()) {
      case OBJECT -> {
        objectPlace = place();
        object = new VocValues.Builder();
        boxes.clear();
      }
      case BOX -> box = new VocValues.Builder();
      default -> {
        // the element's text is kept
      }
    }
  }

  private void end() {
    String full = full();
    String text = texts.removeLast().toString().strip();
    path.removeLast();
    if (full.equals(OBJECT)) {
      objects.add(new VocObject(objectPlace, object.build(), boxes));
    } else if (full.equals(BOX)) {
      boxes.add(box.build());
    } else if (!text.isEmpty()) {
      keep(full, text);
    }
  }

  private void keep(String full, String text) {
    if (full.startsWith(BOX + "/")) {
      box.add(full.substring(OBJECT.length() + 1), text);
    } else if (full.equals(PART) || full.startsWith(PART + "/")) {
      return; // a head or a hand has its own name and box
    } else if (full.startsWith(OBJECT + "/")) {
      object.add(full.substring(OBJECT.length() + 1), text);
    } else {
      image.add(full.substring(full.indexOf('/') + 1), text);
    }
  }

  private String full() {
    return String.join("/", path);
  }

  private Place place() {
    Location location = xml.getLocation();
    return new Place(name, location.getLineNumber(), location.getColumnNumber());
  }
}
