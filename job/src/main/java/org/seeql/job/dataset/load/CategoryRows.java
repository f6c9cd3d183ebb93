package org.seeql.job.dataset.load;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.seeql.job.dataset.record.CategoryRecord;
import org.seeql.job.dataset.record.Section;

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
  public void bind(PreparedStatement insert, CategoryRecord category) throws SQLException {
    insert.setLong(1, category.id());
    insert.setString(2, category.name());
    RecordTable.text(insert, 3, category.supercategory());
    RecordTable.text(insert, 4, category.extra());
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
            JsonText.sameOr(stored.extra(), category.extra()))
        .equals(category);
  }
}
