package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.record.LabelledImage;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.RecordHandler;
import org.seeql.datasets.record.Section;

/**
 * The reading that checks every image and annotation, and writes nothing. It determines the records
 * to leave out. Records are numbered by kind, from 0 in the order of the sources.
 */
final class CheckPass implements RecordHandler {
  private static final int RECORDS_PER_REPORT = 1_000;

  private final ProblemLog problems;
  private final DataSetListener listener;
  private final AnnotationCheck check;
  private final ImagePlacement placement;
  private final BitSet skippedImages;
  private final BitSet skippedAnnotations = new BitSet();
  private final KnownRows<PlacedImage> knownImages;
  private final KnownRows<AnnotationRecord> knownAnnotations;
  private final List<DataSetSource> sources;
  private int source;
  private int images;
  private int annotations;

  CheckPass(
      DatabaseSession session,
      DataSetTables tables,
      Catalogue catalogue,
      ImagePlacement placement,
      ProblemLog problems,
      DataSetListener listener)
      throws SQLException {
    this.problems = requireNonNull(problems, "problems is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.check = new AnnotationCheck(catalogue);
    this.sources = catalogue.sources();
    this.placement = requireNonNull(placement, "placement is null");
    this.skippedImages = (BitSet) catalogue.refusedImages().clone();
    this.knownImages =
        new KnownRows<>(
            session,
            tables,
            new ImageRows(placement.folder().earlierPrefix()),
            problems,
            skippedImages,
            catalogue.skippedImages()::add);
    this.knownAnnotations =
        new KnownRows<>(
            session, tables, new AnnotationRows(), problems, skippedAnnotations, id -> {});
  }

  void read() throws IOException, SQLException {
    if (knownImages.isEmpty()) {
      read(EnumSet.of(Section.IMAGES, Section.ANNOTATIONS));
    } else {
      // Annotations may precede images that turn out to differ from the database's images.
      read(EnumSet.of(Section.IMAGES));
      knownImages.finish();
      read(EnumSet.of(Section.ANNOTATIONS));
    }
    knownAnnotations.finish();
  }

  private void read(Set<Section> sections) throws IOException, SQLException {
    for (source = 0; source < sources.size(); source++) {
      sources.get(source).read(sections, this);
    }
  }

  @Override
  public void image(LabelledImage image, Place place) throws SQLException {
    int number = images++;
    if (!skippedImages.get(number)) {
      knownImages.compare(number, placement.place(image, sources.get(source)), place);
      if (!placement.exists(image)) {
        problems.addMissingFile(
            new Problem(
                Problem.Kind.MISSING_FILE,
                Section.IMAGES,
                place,
                "image " + image.id(),
                "there is no file " + image.fileName()));
      }
    }
  }

  @Override
  public void annotation(AnnotationRecord annotation, Place place) throws SQLException {
    int number = nextAnnotation();
    Optional<Problem> problem = check.problem(annotation, source, place);
    if (problem.isPresent()) {
      skippedAnnotations.set(number);
      problems.add(problem.get());
    } else {
      knownAnnotations.compare(number, annotation, place);
    }
  }

  @Override
  public void unreadable(Problem problem) {
    if (problem.section() == Section.IMAGES) {
      // already reported when the catalogue was created
      images++;
    } else {
      skippedAnnotations.set(nextAnnotation());
      problems.add(problem);
    }
  }

  private int nextAnnotation() {
    int number = annotations++;
    if (annotations % RECORDS_PER_REPORT == 0) {
      listener.progress(DataSetListener.Phase.CHECKED, annotations, 0);
    }
    return number;
  }

  /** The outcome of the check, after everything has been read. */
  CheckedRecords result() {
    return new CheckedRecords(
        images,
        annotations,
        skippedImages,
        skippedAnnotations,
        knownImages.known(),
        knownAnnotations.known());
  }
}
