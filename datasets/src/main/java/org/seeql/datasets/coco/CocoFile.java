package org.seeql.datasets.coco;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.record.MalformedFileException;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.RecordHandler;
import org.seeql.datasets.record.Section;

/**
 * An annotations file in COCO's format for detection. Sections may be in any order. Fields that
 * COCO does not define are kept with their record.
 *
 * @see <a href="https://cocodataset.org/#format-data">COCO's data format</a>
 */
public final class CocoFile implements DataSetSource {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          // Not valid JSON, but Python writes NaN and infinities. They are reported for the field
          // that contains them.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final Path file;
  private final String name;

  /**
   * @param name the file's name in messages
   */
  public CocoFile(Path file, String name) {
    this.file = requireNonNull(file, "file is null");
    this.name = requireNonNull(name, "name is null");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void read(Set<Section> sections, RecordHandler handler) throws IOException, SQLException {
    refuseSpecialFile();
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JSON.createParser(in)) {
      try {
        read(json, sections, handler);
      } catch (JsonProcessingException e) {
        throw malformed(json, e);
      }
    }
  }

  /**
   * Rejects a pipe, which would wait for a writer, and a device, which may never end. Neither can
   * be read twice.
   */
  private void refuseSpecialFile() throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      String what = Files.isDirectory(file) ? "a folder" : "not a regular file";
      throw new IOException("%s is %s".formatted(name, what));
    }
  }

  private void read(JsonParser json, Set<Section> sections, RecordHandler handler)
      throws IOException, SQLException {
    CocoRecords records = new CocoRecords(json, handler);
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw malformed(place(json), wrongStart(json), null);
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      Optional<Section> section = Section.find(json.currentName());
      json.nextToken();
      if (section.filter(sections::contains).isPresent()) {
        readSection(json, section.get(), records, handler);
      } else {
        json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw malformed(place(json), "there is text after the end of the JSON object", null);
    }
  }

  private void readSection(
      JsonParser json, Section section, CocoRecords records, RecordHandler handler)
      throws IOException, SQLException {
    if (section == Section.INFO && json.currentToken() == JsonToken.START_OBJECT) {
      records.read(section, place(json));
      return;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      if (section != Section.INFO && json.currentToken() != JsonToken.VALUE_NULL) {
        throw malformed(place(json), "\"" + section.table() + "\" is not a list", null);
      }
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Place place = place(json);
      if (json.currentToken() == JsonToken.START_OBJECT) {
        records.read(section, place);
      } else {
        String found = json.currentToken().isStructStart() ? "a list" : json.getText();
        json.skipChildren();
        handler.unreadable(
            new Problem(
                Problem.Kind.WRONG_TYPE,
                section,
                place,
                section.one(),
                "it is not an object: " + found));
      }
    }
  }

  private static String wrongStart(JsonParser json) throws IOException {
    if (json.currentToken() == null) {
      return "the file is empty";
    }
    return json.currentToken() == JsonToken.START_ARRAY
        ? "it is a list, like COCO results; COCO annotations are an object with images,"
            + " annotations and categories"
        : "it is not a JSON object";
  }

  private Place place(JsonParser json) {
    if (json.currentToken() == null) {
      return Place.of(name);
    }
    JsonLocation location = json.currentTokenLocation();
    return new Place(name, location.getLineNr(), location.getColumnNr());
  }

  private MalformedFileException malformed(JsonParser json, JsonProcessingException error) {
    JsonLocation location =
        error.getLocation() == null ? json.currentLocation() : error.getLocation();
    Place place = new Place(name, location.getLineNr(), location.getColumnNr());
    String reason = error.getOriginalMessage().lines().findFirst().orElse("");
    String what =
        error instanceof StreamConstraintsException ? "a limit is exceeded: " : "invalid JSON: ";
    // The parser's message includes a long note about the source, without the file's name.
    return malformed(place, what + reason.replaceAll("\\[Source: [^;]*; ([^]]*)]", "$1"), error);
  }

  private static MalformedFileException malformed(Place place, String reason, Throwable cause) {
    return new MalformedFileException(
        new Problem(Problem.Kind.MALFORMED, Section.INFO, place, "", reason), cause);
  }
}
