package org.seeql.datasets.load;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.AnnotationRecord.Box;
import org.seeql.datasets.record.AnnotationRecord.VocTraits;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.sql.RowText;

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
  public void write(AnnotationRecord annotation, RowText row) {
    row.integer(annotation.id());
    row.integer(annotation.imageId());
    row.integer(annotation.categoryId());
    row.text(annotation.segmentation());
    row.number(annotation.area());
    row.number(annotation.box().x());
    row.number(annotation.box().y());
    row.number(annotation.box().width());
    row.number(annotation.box().height());
    row.integer(annotation.isCrowd() ? 1 : 0);
    row.text(annotation.traits().pose());
    row.integer(annotation.traits().truncated());
    row.integer(annotation.traits().difficult());
    row.text(annotation.extra());
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
            EquivalentJson.sameOr(stored.segmentation(), annotation.segmentation()),
            stored.area(),
            stored.box(),
            stored.isCrowd(),
            stored.traits(),
            EquivalentJson.sameOr(stored.extra(), annotation.extra()))
        .equals(annotation);
  }
}
