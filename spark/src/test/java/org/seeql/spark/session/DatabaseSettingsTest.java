package org.seeql.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.database.credential.Credentials;
import org.seeql.database.jdbc.DatabaseConnector;

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
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Invalid spark.seeql.database: url does not start with jdbc:mysql://:"
                + " jdbc:postgresql://db/x (expected jdbc:mysql://HOST[:PORT]/DATABASE or"
                + " embedded:FOLDER)");
    assertThatThrownBy(() -> settings(Map.of("spark.seeql.database", "embedded: "), Map.of()))
        .hasMessage("Invalid spark.seeql.database: embedded: has no folder");
  }

  @Test
  void neverShowsAPasswordInAUrl() {
    assertThatThrownBy(
            () ->
                settings(
                    Map.of("spark.seeql.database", "jdbc:mysql://db/x?password=hush"), Map.of()))
        .hasMessageNotContaining("hush")
        .hasMessage(
            "Invalid spark.seeql.database: url contains a password, which logs would show; set the"
                + " password separately (expected jdbc:mysql://HOST[:PORT]/DATABASE or"
                + " embedded:FOLDER)");
  }

  @Test
  void readsWhatStandsForAPassword() {
    String hidden =
        DatabaseSettings.hidden("Hunter2", Map.of("SEEQL_DATABASE_KEY_STORE_PASSWORD", "Hunter3"));

    assertThat(hidden).startsWith("credentials:").doesNotContain("Hunter");
    assertThat(DatabaseSettings.hidden(hidden, Map.of())).isEqualTo(hidden);
    assertThat(
            settings(
                Map.of(
                    "spark.seeql.database", "jdbc:mysql://db/photos",
                    "spark.seeql.user", "ann",
                    "spark.seeql.password", hidden),
                Map.of()))
        .isEqualTo(
            new DatabaseSettings.Server(
                new DatabaseConnector(
                    "jdbc:mysql://db/photos",
                    "ann",
                    new Credentials(
                        "Hunter2", Map.of("clientCertificateKeyStorePassword", "Hunter3")))));
  }

  @Test
  void readsThePasswordFromAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "Hunter2\n");
    Map<String, String> conf =
        Map.of(
            "spark.seeql.database", "jdbc:mysql://db/photos",
            "spark.seeql.user", "ann",
            "spark.seeql.password_file", file.toString());

    assertThat(settings(conf, Map.of("SEEQL_DATABASE_PASSWORD", "other")))
        .isEqualTo(
            new DatabaseSettings.Server(
                new DatabaseConnector("jdbc:mysql://db/photos", "ann", "Hunter2")));
    Files.delete(file);
    assertThatThrownBy(() -> settings(conf, Map.of()))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Cannot read spark.seeql.password_file " + file + ": no such file");
  }

  @Test
  void refusesTwoPasswords() {
    assertThatThrownBy(
            () ->
                settings(
                    Map.of(
                        "spark.seeql.database", "jdbc:mysql://db/photos",
                        "spark.seeql.password", "a",
                        "spark.seeql.password_file", "b"),
                    Map.of()))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot use spark.seeql.password and spark.seeql.password_file together; remove one of them");
  }
}
