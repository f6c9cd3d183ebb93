package org.seeql.job.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seeql.job.JobException;
import org.seeql.job.jdbc.DatabaseConnector;

class DatabaseSettingsTest {
  private static DatabaseSettings settings(
      Map<String, String> conf, Map<String, String> environment) {
    return DatabaseSettings.of(key -> Optional.ofNullable(conf.get(key)), environment);
  }

  @Test
  void takesWhatIsNotSetFromTheEnvironment() {
    DatabaseSettings settings =
        settings(
            Map.of("spark.seeql.database", "jdbc:mysql://db/photos", "spark.seeql.user", "ann"),
            Map.of(
                "SEEQL_DATABASE", "jdbc:mysql://other/x",
                "SEEQL_DATABASE_USER", "bob",
                "SEEQL_DATABASE_PASSWORD", "secret"));

    assertThat(settings)
        .isEqualTo(
            new DatabaseSettings.Server(
                new DatabaseConnector("jdbc:mysql://db/photos", "ann", "secret")));
  }

  @Test
  void findsTheEmbeddedDatabaseInAFolder() {
    assertThat(settings(Map.of("spark.seeql.database", "embedded:/data/a/../b"), Map.of()))
        .isEqualTo(new DatabaseSettings.Embedded(Path.of("/data/b")));
    assertThat(settings(Map.of("spark.seeql.database", "embedded:~/seeql"), Map.of()))
        .isEqualTo(
            new DatabaseSettings.Embedded(Path.of(System.getProperty("user.home"), "seeql")));
  }

  @Test
  void refusesWhatIsNoDatabase() {
    assertThatThrownBy(
            () -> settings(Map.of("spark.seeql.database", "jdbc:postgresql://db/x"), Map.of()))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "Invalid spark.seeql.database: url does not start with jdbc:mysql://:"
                + " jdbc:postgresql://db/x (expected jdbc:mysql://HOST[:PORT]/DATABASE or"
                + " embedded:FOLDER)");
    assertThatThrownBy(() -> settings(Map.of("spark.seeql.database", "embedded: "), Map.of()))
        .hasMessage("Invalid spark.seeql.database: embedded: names no folder");
  }

  @Test
  void neverShowsAPasswordInAUrl() {
    assertThatThrownBy(
            () ->
                settings(
                    Map.of("spark.seeql.database", "jdbc:mysql://db/x?password=hush"), Map.of()))
        .hasMessageNotContaining("hush")
        .hasMessage(
            "Invalid spark.seeql.database: url holds a password, which logs would show; give it"
                + " apart from the url (expected jdbc:mysql://HOST[:PORT]/DATABASE or"
                + " embedded:FOLDER)");
  }
}
