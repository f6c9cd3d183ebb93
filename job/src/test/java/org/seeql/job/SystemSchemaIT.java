package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.job.evaluate.ProfileQuery;
import org.seeql.job.evaluate.ProfileRepository;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelRepository;
import org.seeql.udf.model.Device;

/** Migrations of the system tables: from an earlier version, and after an interruption. */
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
        "DELETE FROM seeql.flyway_schema_history WHERE version IN ('5', '6', '7', '8', '9', '10', '11')",
        "ALTER TABLE seeql.run_partitions DROP COLUMN figures",
        "ALTER TABLE seeql.run_failures DROP COLUMN file_modified",
        "DROP TABLE seeql.failed_images",
        "DROP TABLE seeql.run_audits",
        "DROP TABLE seeql.trainings",
        "ALTER TABLE seeql.model_profiles DROP COLUMN max_detections");

    SystemSchema.migrate(database.connector());

    assertThat(database.query(STRUCTURE)).isEqualTo(before);
    assertThat(applied()).containsExactly("5|1", "6|1", "7|1", "8|1", "9|1", "10|1", "11|1");
  }

  @Test
  void aMigrationThatFailedIsRepeated() throws Exception {
    List<String> before = database.query(STRUCTURE);
    database.execute(
        "DELETE FROM seeql.flyway_schema_history WHERE version IN ('8', '9', '10', '11')",
        "UPDATE seeql.flyway_schema_history SET success = 0 WHERE version = '7'",
        "ALTER TABLE seeql.model_profile_classes DROP COLUMN scores");

    SystemSchema.migrate(database.connector());

    assertThat(database.query(STRUCTURE)).isEqualTo(before);
    assertThat(applied()).containsExactly("5|1", "6|1", "7|1", "8|1", "9|1", "10|1", "11|1");
  }

  @Test
  void aProfileOfAnEarlierVersionIsUsedWithoutScores() throws Exception {
    RunFixture fixture = RunFixture.shared();
    LabelledDemo.load(database, "earlier", "profile");
    fixture.execute(
        "SELECT * FROM earlier.images LIMIT 20 TO EVALUATE scout WITH batch_size = 1, dataset ="
            + " 'earlier' INTO earlier_figures");
    String profile =
        "SELECT class_name, label, HEX(labelled), HEX(answered) FROM seeql.model_profile_classes"
            + " JOIN seeql.model_profiles USING (profile_id) WHERE dataset = 'earlier' ORDER BY 1";
    List<String> before = database.query(profile);
    database.execute(
        "DELETE FROM seeql.flyway_schema_history WHERE version IN ('7', '8', '9', '10', '11')",
        "ALTER TABLE seeql.model_profile_classes DROP COLUMN scores",
        "ALTER TABLE seeql.model_profiles DROP COLUMN max_detections");

    SystemSchema.migrate(database.connector());

    assertThat(database.query(profile)).isEqualTo(before).hasSize(12);
    ProfiledModels found = load("earlier");
    assertThat(found.sample().orElseThrow().rows()).hasSize(20);
    assertThat(found.models().get("scout").bySample()).isPresent();
    assertThat(found.scores()).isEmpty();
    assertThat(found.models().get("scout").maxDetections()).isEmpty();
    FindSummary summary =
        (FindSummary)
            fixture.execute(
                "SELECT * FROM images TO FIND dog WITH dataset = 'earlier' INTO earlier_found");
    assertThat(summary.report().models()).containsExactly("scout");
    database.execute(
        "DELETE FROM seeql.model_profiles WHERE dataset = 'earlier'", "DROP DATABASE earlier");
  }

  private static ProfiledModels load(String dataset) throws Exception {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      return new ProfileRepository(session)
          .load(
              new ModelRepository(
                      session, new ModelCache(RunFixture.DEMO.resolve("unused")), RunFixture.DEMO)
                  .all(),
              new ProfileQuery(Optional.of(dataset), Device.CPU, OptionalInt.empty(), Set.of("dog"))
                  .loadingScores())
          .orElseThrow();
    }
  }

  private static List<String> applied() throws Exception {
    return database.query(
        "SELECT version, CAST(success AS SIGNED) FROM seeql.flyway_schema_history WHERE version IN ('5', '6', '7', '8', '9', '10', '11') ORDER BY CAST(version AS SIGNED)");
  }
}
