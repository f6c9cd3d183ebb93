package org.seeql.datasets.coco;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.seeql.datasets.coco.ObjectFields.Fault;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.AnnotationRecord.Box;
import org.seeql.datasets.record.AnnotationRecord.VocTraits;
import org.seeql.datasets.record.CategoryRecord;
import org.seeql.datasets.record.InfoRecord;
import org.seeql.datasets.record.LabelledImage;
import org.seeql.datasets.record.LicenseRecord;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.RecordHandler;
import org.seeql.datasets.record.Section;

/** Creates records from COCO's JSON objects. For a single reading of one file. */
final class CocoRecords {
  private final JsonParser json;
  private final RecordHandler handler;

  CocoRecords(JsonParser json, RecordHandler handler) {
    this.json = requireNonNull(json, "json is null");
    this.handler = requireNonNull(handler, "handler is null");
  }

  /** Reads the object at the parser's position. */
  void read(Section section, Place place) throws IOException, SQLException {
    switch (section) {
      case INFO -> info();
      case LICENSES -> license(place);
      case CATEGORIES -> category(place);
      case IMAGES -> image(place);
      case ANNOTATIONS -> annotation(place);
    }
  }

  /** This section only describes the data set, so any values are accepted. */
  private void info() throws IOException, SQLException {
    ObjectFields fields = new ObjectFields(json);
    Optional<String> year = Optional.empty();
    Optional<String> version = Optional.empty();
    Optional<String> description = Optional.empty();
    Optional<String> contributor = Optional.empty();
    Optional<String> url = Optional.empty();
    Optional<String> dateCreated = Optional.empty();
    while (fields.next()) {
      switch (fields.name()) {
        case "year" -> year = fields.anyText();
        case "version" -> version = fields.anyText();
        case "description" -> description = fields.anyText();
        case "contributor" -> contributor = fields.anyText();
        case "url" -> url = fields.anyText();
        case "date_created" -> dateCreated = fields.anyText();
        default -> fields.anyText();
      }
    }
    OptionalInt number =
        year.filter(y -> y.matches("\\d{1,9}")).stream().mapToInt(Integer::parseInt).findFirst();
    handler.info(new InfoRecord(number, version, description, contributor, url, dateCreated));
  }

  private void license(Place place) throws IOException, SQLException {
    ObjectFields fields = new ObjectFields(json);
    OptionalLong id = OptionalLong.empty();
    Optional<String> name = Optional.empty();
    Optional<String> url = Optional.empty();
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> id = fields.integer();
        case "name" -> name = fields.anyText();
        case "url" -> url = fields.anyText();
        default -> fields.anyText();
      }
    }
    require(fields, id.isPresent(), "id");
    if (isValid(fields, Section.LICENSES, id, place)) {
      handler.license(new LicenseRecord(id.orElseThrow(), name, url), place);
    }
  }

  private void category(Place place) throws IOException, SQLException {
    ObjectFields fields = new ObjectFields(json);
    OptionalLong id = OptionalLong.empty();
    Optional<String> name = Optional.empty();
    Optional<String> supercategory = Optional.empty();
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> id = fields.integer();
        case "name" -> name = fields.text();
        case "supercategory" -> supercategory = fields.anyText();
        default -> fields.keep();
      }
    }
    require(fields, id.isPresent(), "id");
    require(fields, name.isPresent(), "name");
    Optional<String> extra = fields.extra();
    if (isValid(fields, Section.CATEGORIES, id, place)) {
      handler.category(
          new CategoryRecord(id.orElseThrow(), name.orElseThrow(), supercategory, extra), place);
    }
  }

  private void image(Place place) throws IOException, SQLException {
    ObjectFields fields = new ObjectFields(json);
    OptionalLong id = OptionalLong.empty();
    OptionalLong license = OptionalLong.empty();
    Optional<String> fileName = Optional.empty();
    Optional<String> cocoUrl = Optional.empty();
    OptionalInt height = OptionalInt.empty();
    OptionalInt width = OptionalInt.empty();
    Optional<String> dateCaptured = Optional.empty();
    Optional<String> flickrUrl = Optional.empty();
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> id = fields.integer();
        case "license" -> license = fields.optionalInteger();
        case "file_name" -> fileName = fields.text();
        case "coco_url" -> cocoUrl = fields.anyText();
        case "height" -> height = fields.smallInteger();
        case "width" -> width = fields.smallInteger();
        case "date_captured" -> dateCaptured = fields.anyText();
        case "flickr_url" -> flickrUrl = fields.anyText();
        default -> fields.keep();
      }
    }
    require(fields, id.isPresent(), "id");
    require(fields, fileName.isPresent(), "file_name");
    require(fields, height.isPresent(), "height");
    require(fields, width.isPresent(), "width");
    Optional<String> extra = fields.extra();
    if (isValid(fields, Section.IMAGES, id, place)) {
      handler.image(
          new LabelledImage(
              id.orElseThrow(),
              license,
              fileName.orElseThrow(),
              cocoUrl,
              height.orElseThrow(),
              width.orElseThrow(),
              dateCaptured,
              flickrUrl,
              extra),
          place);
    }
  }

  private void annotation(Place place) throws IOException, SQLException {
    ObjectFields fields = new ObjectFields(json);
    OptionalLong id = OptionalLong.empty();
    OptionalLong imageId = OptionalLong.empty();
    OptionalLong categoryId = OptionalLong.empty();
    Optional<String> segmentation = Optional.empty();
    OptionalDouble area = OptionalDouble.empty();
    Optional<Box> box = Optional.empty();
    OptionalInt isCrowd = OptionalInt.empty();
    while (fields.next()) {
      switch (fields.name()) {
        case "id" -> id = fields.integer();
        case "image_id" -> imageId = fields.integer();
        case "category_id" -> categoryId = fields.integer();
        case "segmentation" -> segmentation = fields.structure();
        case "area" -> area = fields.number();
        case "bbox" -> box = fields.box();
        case "iscrowd" -> isCrowd = fields.flag();
        default -> fields.keep();
      }
    }
    require(fields, id.isPresent(), "id");
    require(fields, imageId.isPresent(), "image_id");
    require(fields, categoryId.isPresent(), "category_id");
    require(fields, box.isPresent(), "bbox");
    Optional<String> extra = fields.extra();
    if (isValid(fields, Section.ANNOTATIONS, id, place)) {
      Box found = box.orElseThrow();
      handler.annotation(
          new AnnotationRecord(
              id.orElseThrow(),
              imageId.orElseThrow(),
              categoryId.orElseThrow(),
              segmentation,
              area.orElse(found.width() * found.height()),
              found,
              isCrowd.orElse(0) == 1,
              VocTraits.NONE,
              extra),
          place);
    }
  }

  private static void require(ObjectFields fields, boolean exists, String name) {
    if (!exists) {
      fields.fault(Problem.Kind.MISSING_FIELD, "it has no " + name);
    }
  }

  /** Whether a record is valid. An invalid record is reported to the handler as a problem. */
  private boolean isValid(ObjectFields fields, Section section, OptionalLong id, Place place)
      throws SQLException {
    Optional<Fault> fault = fields.fault();
    if (fault.isEmpty()) {
      return true;
    }
    String record = section.one() + (id.isPresent() ? " " + id.getAsLong() : "");
    handler.unreadable(
        new Problem(fault.get().kind(), section, place, record, fault.get().reason()));
    return false;
  }
}
