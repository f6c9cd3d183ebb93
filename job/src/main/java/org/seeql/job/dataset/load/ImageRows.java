package org.seeql.job.dataset.load;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.seeql.job.dataset.record.LabelledImage;
import org.seeql.job.dataset.record.Section;

/** Rows of {@code images}. */
final class ImageRows implements RecordTable<PlacedImage> {
  private final String earlierPrefix;

  /**
   * @param earlierPrefix what the paths that are read begin with once the image root is the new one
   */
  ImageRows(String earlierPrefix) {
    this.earlierPrefix = requireNonNull(earlierPrefix, "earlierPrefix is null");
  }

  @Override
  public Section section() {
    return Section.IMAGES;
  }

  @Override
  public List<String> columns() {
    return List.of(
        "image_id",
        "license",
        "file_name",
        "path",
        "coco_url",
        "height",
        "width",
        "date_captured",
        "flickr_url",
        "split",
        "extra");
  }

  @Override
  public long id(PlacedImage placed) {
    return placed.image().id();
  }

  @Override
  public long size(PlacedImage placed) {
    return 1_000L + placed.image().extra().map(String::length).orElse(0);
  }

  @Override
  public void bind(PreparedStatement insert, PlacedImage placed) throws SQLException {
    LabelledImage image = placed.image();
    insert.setLong(1, image.id());
    RecordTable.integer(insert, 2, image.license());
    insert.setString(3, image.fileName());
    insert.setString(4, placed.path());
    RecordTable.text(insert, 5, image.cocoUrl());
    insert.setInt(6, image.height());
    insert.setInt(7, image.width());
    RecordTable.text(insert, 8, image.dateCaptured());
    RecordTable.text(insert, 9, image.flickrUrl());
    RecordTable.text(insert, 10, placed.split());
    RecordTable.text(insert, 11, image.extra());
  }

  @Override
  public PlacedImage read(ResultSet row) throws SQLException {
    LabelledImage image =
        new LabelledImage(
            row.getLong(1),
            RecordTable.longInteger(row, 2),
            row.getString(3),
            RecordTable.text(row, 5),
            row.getInt(6),
            row.getInt(7),
            RecordTable.text(row, 8),
            RecordTable.text(row, 9),
            RecordTable.text(row, 11));
    return new PlacedImage(image, earlierPrefix + row.getString(4), RecordTable.text(row, 10));
  }

  @Override
  public boolean isSame(PlacedImage stored, PlacedImage placed) {
    LabelledImage image = stored.image();
    LabelledImage known =
        new LabelledImage(
            image.id(),
            image.license(),
            image.fileName(),
            image.cocoUrl(),
            image.height(),
            image.width(),
            image.dateCaptured(),
            image.flickrUrl(),
            JsonText.sameOr(image.extra(), placed.image().extra()));
    return new PlacedImage(known, stored.path(), stored.split()).equals(placed);
  }
}
