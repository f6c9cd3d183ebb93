package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.cli.command.CommandLineRunner.Outcome;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.database.jdbc.DatabaseSession;

/** Runs {@code seeql doctor} on the embedded database, and as a user without rights. */
class DoctorCommandIT {
  @TempDir static Path directory;

  private static EmbeddedDatabase server;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedDatabase.start(directory.resolve("data"));
    try (DatabaseSession session = DatabaseSession.open(server.connector())) {
      session.execute("CREATE DATABASE clinic");
      session.execute("CREATE USER 'patient'@'%' IDENTIFIED BY 'pw'");
      session.execute("GRANT SELECT ON clinic.* TO 'patient'@'%'");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CommandLineRunner runner() {
    return new CommandLineRunner(directory).with("HOME", directory.toString());
  }

  @Test
  void findsNothingWrongWithTheEmbeddedDatabase() {
    Outcome outcome = runner().with("SEEQL_DATA_DIR", "data").run("doctor", "--format=tsv");

    assertThat(outcome.exitCode()).as(outcome.out()).isZero();
    assertThat(outcome.out().lines())
        .contains("rights on seeql\tok\tall that runs need\t", "cluster\tok\tnot configured\t")
        .anyMatch(line -> line.startsWith("ONNX Runtime\tok\tONNX Runtime 1."))
        .anyMatch(line -> line.startsWith("PyTorch\tok\tPyTorch "))
        .anyMatch(line -> line.startsWith("database\tok\t"));
  }

  @Test
  void printsTheGrantsThatAreMissing() throws Exception {
    Files.writeString(directory.resolve("pw"), "pw\n");
    String url = server.connector().url().replaceFirst("/[^/?]*(\\?|$)", "/clinic$1");

    Outcome outcome =
        runner()
            .run(
                "doctor",
                "--format=tsv",
                "--database=" + url,
                "--user=patient",
                "--password-file=pw",
                "--master=spark://127.0.0.1:1");

    assertThat(outcome.exitCode()).isEqualTo(1);
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines)
        .contains(
            "rights on seeql\tfailed\t'patient'@'%' lacks SELECT, INSERT, UPDATE, DELETE, CREATE,"
                + " DROP\tGRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `seeql`.* TO"
                + " 'patient'@'%'",
            "rights on clinic\twarning\t'patient'@'%' lacks INSERT, CREATE, ALTER, DROP\tGRANT"
                + " INSERT, CREATE, ALTER, DROP ON `clinic`.* TO 'patient'@'%'")
        .anyMatch(line -> line.startsWith("Spark\tfailed\tspark://127.0.0.1:1 does not answer"));
  }

  @Test
  void reportsADatabaseThatDoesNotAnswerAndContinues() {
    Outcome outcome =
        runner().run("doctor", "--format=tsv", "--database=jdbc:mysql://127.0.0.1:1/x");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out().lines())
        .anyMatch(line -> line.startsWith("database\tfailed\t"))
        .anyMatch(line -> line.startsWith("Spark\tok\t"));
  }
}
