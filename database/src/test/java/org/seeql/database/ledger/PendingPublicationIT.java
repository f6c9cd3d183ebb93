package org.seeql.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

class PendingPublicationIT {
  private static final TableName TARGET = TableName.of("seeql_test", "nightly");

  private static TestDatabase database;

  @BeforeAll
  static void migrate() throws Exception {
    database = TestDatabase.create();
    SystemSchema.migrate(database.connector());
  }

  @Test
  void findsWhatAnEarlierVersionStored() throws Exception {
    store("RESULTS");

    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      assertThat(PendingPublication.find(session, TARGET))
          .contains(new PendingPublication(TARGET, "r1", Publication.Replacing.RESULTS));
    }
  }

  @Test
  void refusesAWordOfANewerVersion() throws Exception {
    store("VIEWS");

    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      assertThatThrownBy(() -> PendingPublication.find(session, TARGET))
          .isInstanceOf(RefusalException.class)
          .hasMessage(
              "Cannot read run r1: unknown kind of replacement 'VIEWS'; it was written by a newer version of SeeQL");
    }
  }

  private void store(String replacing) throws Exception {
    database.execute(
        "DELETE FROM seeql.targets",
        "INSERT INTO seeql.targets VALUES ('seeql_test', 'nightly', 1, 'r1', '%s')"
            .formatted(replacing));
  }
}
