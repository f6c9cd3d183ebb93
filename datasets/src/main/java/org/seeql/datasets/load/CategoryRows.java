package org.seeql.datasets.load;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.seeql.datasets.record.CategoryRecord;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.sql.RowText;

/** Rows of {@code categories}. */
final class CategoryRows implements RecordTable<CategoryRecord> {

  @Override
  public Section section() {
    return Section.CATEGORIES;
  }

  @Override
  public List<String> columns() {
    return List.of("id", "name", "supercategory", "extra");
  }

  @Override
  public long id(CategoryRecord category) {
    return category.id();
  }

  @Override
  public void write(CategoryRecord category, RowText row) {
    row.integer(category.id());
    row.text(category.name());
    row.text(category.supercategory());
    row.text(category.extra());
  }

  @Override
  public CategoryRecord read(ResultSet row) throws SQLException {
    return new CategoryRecord(
        row.getLong(1), row.getString(2), RecordTable.text(row, 3), RecordTable.text(row, 4));
  }

  @Override
  public boolean isSame(CategoryRecord stored, CategoryRecord category) {
    return new CategoryRecord(
            stored.id(),
            stored.name(),
            stored.supercategory(),
            EquivalentJson.sameOr(stored.extra(), category.extra()))
        .equals(category);
  }
}
