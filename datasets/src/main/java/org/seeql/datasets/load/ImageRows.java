package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.seeql.datasets.record.LabelledImage;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.sql.RowText;

/** Rows of {@code images}. */
final class ImageRows implements RecordTable<PlacedImage> {
  private final String earlierPrefix;

  /**
   * @param earlierPrefix the prefix of the stored paths relative to the new image root
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
  public void write(PlacedImage placed, RowText row) {
    LabelledImage image = placed.image();
    row.integer(image.id());
    row.integer(image.license());
    row.text(image.fileName());
    row.text(placed.path());
    row.text(image.cocoUrl());
    row.integer(image.height());
    row.integer(image.width());
    row.text(image.dateCaptured());
    row.text(image.flickrUrl());
    row.text(placed.split());
    row.text(image.extra());
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
            EquivalentJson.sameOr(image.extra(), placed.image().extra()));
    return new PlacedImage(known, stored.path(), stored.split()).equals(placed);
  }
}
