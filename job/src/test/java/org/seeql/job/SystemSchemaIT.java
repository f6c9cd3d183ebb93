package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.job.fixture.RunFixture;

/** Migrations of the system tables that were interrupted. */
class SystemSchemaIT {
  private static final String STRUCTURE =
      "SELECT table_name, column_name, column_type, is_nullable, column_comment FROM information_schema.columns WHERE table_schema = 'seeql' AND table_name NOT LIKE 'selection%' ORDER BY table_name, column_name";

  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = RunFixture.shared().database();
  }

  @Test
  void aMigrationThatWasInterruptedIsRepeated() throws Exception {
    List<String> before = database.query(STRUCTURE);
    database.execute(
        "DELETE FROM seeql.flyway_schema_history WHERE version IN ('5', '6', '7')",
        "ALTER TABLE seeql.run_partitions DROP COLUMN figures",
        "ALTER TABLE seeql.run_failures DROP COLUMN file_modified",
        "DROP TABLE seeql.failed_images");

    SystemSchema.migrate(database.connector());

    assertThat(database.query(STRUCTURE)).isEqualTo(before);
    assertThat(applied()).containsExactly("5|1", "6|1", "7|1");
  }

  @Test
  void aMigrationThatFailedIsRepeated() throws Exception {
    List<String> before = database.query(STRUCTURE);
    database.execute(
        "UPDATE seeql.flyway_schema_history SET success = 0 WHERE version = '7'",
        "ALTER TABLE seeql.model_profile_classes DROP COLUMN scores");

    SystemSchema.migrate(database.connector());

    assertThat(database.query(STRUCTURE)).isEqualTo(before);
    assertThat(applied()).containsExactly("5|1", "6|1", "7|1");
  }

  private static List<String> applied() throws Exception {
    return database.query(
        "SELECT version, CAST(success AS SIGNED) FROM seeql.flyway_schema_history WHERE version IN ('5', '6', '7') ORDER BY version");
  }
}
