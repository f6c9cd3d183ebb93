package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.record.LabelledImage;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.RecordHandler;
import org.seeql.datasets.record.Section;

/** The reading that writes all images and annotations except those that are left out. */
final class WritePass implements RecordHandler, AutoCloseable {
  private static final int RECORDS_PER_REPORT = 1_000;

  private final ImagePlacement placement;
  private final DataSetListener listener;
  private final CheckedRecords checked;
  private final RowWriter<PlacedImage> imageRows;
  private final RowWriter<AnnotationRecord> annotationRows;
  private DataSetSource source;
  private int images;
  private int annotations;

  WritePass(
      DatabaseSession session,
      DataSetTables tables,
      ImagePlacement placement,
      DataSetListener listener,
      CheckedRecords checked)
      throws SQLException {
    this.placement = requireNonNull(placement, "placement is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.checked = requireNonNull(checked, "checked is null");
    this.imageRows = new RowWriter<>(session, tables, new ImageRows(""));
    this.annotationRows = new RowWriter<>(session, tables, new AnnotationRows());
  }

  void read(Iterable<DataSetSource> sources) throws IOException, SQLException {
    listener.progress(DataSetListener.Phase.IMPORTED, 0, checked.annotations());
    for (DataSetSource next : sources) {
      source = next;
      source.read(EnumSet.of(Section.IMAGES, Section.ANNOTATIONS), this);
    }
    imageRows.flush();
    annotationRows.flush();
  }

  @Override
  public void image(LabelledImage image, Place place) throws SQLException {
    if (!checked.skippedImages().get(images++)) {
      imageRows.write(placement.place(image, source));
    }
  }

  @Override
  public void annotation(AnnotationRecord annotation, Place place) throws SQLException {
    if (!checked.skippedAnnotations().get(annotations++)) {
      annotationRows.write(annotation);
    }
    if (annotations % RECORDS_PER_REPORT == 0) {
      listener.progress(DataSetListener.Phase.IMPORTED, annotations, checked.annotations());
    }
  }

  @Override
  public void unreadable(Problem problem) {
    if (problem.section() == Section.IMAGES) {
      images++;
    } else {
      annotations++;
    }
  }

  /** Whether it has read as many records as were checked. */
  boolean hasReadAll() {
    return images == checked.images() && annotations == checked.annotations();
  }

  long imagesWritten() {
    return imageRows.written();
  }

  long annotationsWritten() {
    return annotationRows.written();
  }

  @Override
  public void close() throws SQLException {
    imageRows.close();
    annotationRows.close();
  }
}
