package org.seeql.job.dataset.load;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.seeql.job.dataset.record.AnnotationRecord;
import org.seeql.job.dataset.record.AnnotationRecord.Box;
import org.seeql.job.dataset.record.AnnotationRecord.VocTraits;
import org.seeql.job.dataset.record.Section;

/** Rows of {@code annotations}. */
final class AnnotationRows implements RecordTable<AnnotationRecord> {

  @Override
  public Section section() {
    return Section.ANNOTATIONS;
  }

  @Override
  public List<String> columns() {
    return List.of(
        "id",
        "image_id",
        "category_id",
        "segmentation",
        "area",
        "bbox_x",
        "bbox_y",
        "bbox_width",
        "bbox_height",
        "iscrowd",
        "pose",
        "truncated",
        "difficult",
        "extra");
  }

  @Override
  public long id(AnnotationRecord annotation) {
    return annotation.id();
  }

  @Override
  public long size(AnnotationRecord annotation) {
    return 200L
        + annotation.segmentation().map(String::length).orElse(0)
        + annotation.extra().map(String::length).orElse(0);
  }

  @Override
  public void bind(PreparedStatement insert, AnnotationRecord annotation) throws SQLException {
    insert.setLong(1, annotation.id());
    insert.setLong(2, annotation.imageId());
    insert.setLong(3, annotation.categoryId());
    RecordTable.text(insert, 4, annotation.segmentation());
    insert.setDouble(5, annotation.area());
    insert.setDouble(6, annotation.box().x());
    insert.setDouble(7, annotation.box().y());
    insert.setDouble(8, annotation.box().width());
    insert.setDouble(9, annotation.box().height());
    insert.setInt(10, annotation.isCrowd() ? 1 : 0);
    RecordTable.text(insert, 11, annotation.traits().pose());
    RecordTable.integer(insert, 12, annotation.traits().truncated());
    RecordTable.integer(insert, 13, annotation.traits().difficult());
    RecordTable.text(insert, 14, annotation.extra());
  }

  @Override
  public AnnotationRecord read(ResultSet row) throws SQLException {
    return new AnnotationRecord(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        RecordTable.text(row, 4),
        row.getDouble(5),
        new Box(row.getDouble(6), row.getDouble(7), row.getDouble(8), row.getDouble(9)),
        row.getInt(10) == 1,
        new VocTraits(
            RecordTable.text(row, 11), RecordTable.integer(row, 12), RecordTable.integer(row, 13)),
        RecordTable.text(row, 14));
  }

  @Override
  public boolean isSame(AnnotationRecord stored, AnnotationRecord annotation) {
    return new AnnotationRecord(
            stored.id(),
            stored.imageId(),
            stored.categoryId(),
            JsonText.sameOr(stored.segmentation(), annotation.segmentation()),
            stored.area(),
            stored.box(),
            stored.isCrowd(),
            stored.traits(),
            JsonText.sameOr(stored.extra(), annotation.extra()))
        .equals(annotation);
  }
}
