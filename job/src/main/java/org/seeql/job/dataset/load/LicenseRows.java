package org.seeql.job.dataset.load;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.seeql.job.dataset.record.LicenseRecord;
import org.seeql.job.dataset.record.Section;

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
  public void bind(PreparedStatement insert, LicenseRecord license) throws SQLException {
    insert.setLong(1, license.id());
    RecordTable.text(insert, 2, license.name());
    RecordTable.text(insert, 3, license.url());
  }

  @Override
  public LicenseRecord read(ResultSet row) throws SQLException {
    return new LicenseRecord(row.getLong(1), RecordTable.text(row, 2), RecordTable.text(row, 3));
  }
}
