package org.seeql.datasets.load;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.seeql.datasets.record.LicenseRecord;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.sql.RowText;

/** Rows of {@code licenses}. */
final class LicenseRows implements RecordTable<LicenseRecord> {

  @Override
  public Section section() {
    return Section.LICENSES;
  }

  @Override
  public List<String> columns() {
    return List.of("id", "name", "url");
  }

  @Override
  public long id(LicenseRecord license) {
    return license.id();
  }

  @Override
  public void write(LicenseRecord license, RowText row) {
    row.integer(license.id());
    row.text(license.name());
    row.text(license.url());
  }

  @Override
  public LicenseRecord read(ResultSet row) throws SQLException {
    return new LicenseRecord(row.getLong(1), RecordTable.text(row, 2), RecordTable.text(row, 3));
  }
}
