package org.seeql.datasets.voc;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.AnnotationRecord.Box;
import org.seeql.datasets.record.AnnotationRecord.VocTraits;
import org.seeql.datasets.record.LabelledImage;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.RecordHandler;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.voc.VocDocument.VocObject;
import org.seeql.datasets.voc.VocFields.Fault;

/** Creates the records of one document: an image and its objects. */
final class VocRecords {
  private final VocIds ids;
  private final VocDocument document;
  private final Place place;

  VocRecords(VocIds ids, VocDocument document, Place place) {
    this.ids = requireNonNull(ids, "ids is null");
    this.document = requireNonNull(document, "document is null");
    this.place = requireNonNull(place, "place is null");
  }

  void send(Set<Section> sections, RecordHandler handler) throws SQLException {
    VocFields fields = new VocFields(document.values());
    String fileName = fields.requiredText("filename");
    int width = fields.requiredInteger("size/width");
    int height = fields.requiredInteger("size/height");
    // a depth is a number, or the image is bad
    fields.integer("size/depth");
    fields.text("segmented");
    Optional<String> extra = VocExtra.ofImage(document.values());
    Optional<Fault> fault = fields.fault();
    if (sections.contains(Section.IMAGES)) {
      if (fault.isPresent()) {
        handler.unreadable(problem(fault.get(), Section.IMAGES, place, "image " + fileName));
      } else {
        handler.image(
            new LabelledImage(
                ids.image(fileName),
                OptionalLong.empty(),
                fileName,
                Optional.empty(),
                height,
                width,
                Optional.empty(),
                Optional.empty(),
                extra),
            place);
      }
    }
    boolean named = sections.contains(Section.CATEGORIES);
    if (fault.isEmpty() && (named || sections.contains(Section.ANNOTATIONS))) {
      long id = ids.image(fileName) * VocIds.OBJECTS_PER_IMAGE + 1;
      for (VocObject object : document.objects()) {
        for (VocValues instance : object.instances()) {
          object(instance, object.place(), id++, fileName, sections, handler);
        }
      }
    }
  }

  private void object(
      VocValues object,
      Place objectPlace,
      long id,
      String fileName,
      Set<Section> sections,
      RecordHandler handler)
      throws SQLException {
    VocFields fields = new VocFields(object);
    String category = fields.requiredText("name");
    Box box = box(fields);
    Optional<Fault> fault = fields.fault();
    if (id >= (ids.image(fileName) + 1) * VocIds.OBJECTS_PER_IMAGE) {
      String reason = "its image has more than %d objects".formatted(VocIds.OBJECTS_PER_IMAGE - 1);
      fault = Optional.of(new Fault(Problem.Kind.BAD_VALUE, reason));
    }
    if (fault.isPresent()) {
      if (sections.contains(Section.ANNOTATIONS)) {
        String record = "annotation of " + fileName;
        handler.unreadable(problem(fault.get(), Section.ANNOTATIONS, objectPlace, record));
      }
      return;
    }
    long categoryId = ids.category(category);
    if (sections.contains(Section.ANNOTATIONS)) {
      handler.annotation(
          new AnnotationRecord(
              id,
              ids.image(fileName),
              categoryId,
              Optional.empty(),
              box.width() * box.height(),
              box,
              false,
              new VocTraits(
                  fields.text("pose"), fields.flag("truncated"), fields.flag("difficult")),
              VocExtra.ofObject(object)),
          objectPlace);
    }
  }

  /** VOC counts pixels from 1. Its right and lower edges are the last pixels inside the box. */
  private static Box box(VocFields fields) {
    double xMin = fields.requiredNumber("bndbox/xmin");
    double yMin = fields.requiredNumber("bndbox/ymin");
    double xMax = fields.requiredNumber("bndbox/xmax");
    double yMax = fields.requiredNumber("bndbox/ymax");
    return new Box(xMin - 1, yMin - 1, xMax - xMin + 1, yMax - yMin + 1);
  }

  private static Problem problem(Fault fault, Section section, Place place, String record) {
    return new Problem(fault.kind(), section, place, record, fault.reason());
  }
}
