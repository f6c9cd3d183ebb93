package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.cli.command.CommandLineRunner.Outcome;

class ConfigTest {
  private static final String PREDICT = "SELECT * FROM i TO PREDICT t.c USING m";

  @TempDir Path directory;
  private Path user;
  private Path project;

  @BeforeEach
  void name() throws IOException {
    user = Files.createDirectories(directory.resolve("home/.config/seeql")).resolve("config.yaml");
    project = Files.createDirectories(directory.resolve("project")).resolve("seeql.yaml");
  }

  private CommandLineRunner runner() {
    return new CommandLineRunner(project.getParent())
        .with("HOME", directory.resolve("home").toString());
  }

  private Outcome run(String... arguments) {
    return runner().run(arguments);
  }

  @Test
  void theProjectReplacesSettingsOfTheUserAndAProfileBoth() throws IOException {
    Files.writeString(
        user,
        "database: jdbc:mysql://db/x\nuser: me\nbatch_size: 8\n"
            + "profiles:\n  small: {batch-size: 1}\n");
    Files.writeString(project, "data-dir: data\nconfidence: 0.5\n");

    assertThat(run("config", "--format=csv", "--profile=small").out())
        .isEqualTo(
            """
            setting,value,source
            batch-size,1,"%s, profile small"
            confidence,0.5,%s
            data-dir,%s,%2$s
            """
                .formatted(user, project, project.resolveSibling("data"))
                .replace("\n", "\r\n"));
  }

  @Test
  void theEnvironmentReplacesFilesAndSecretsAreHidden() throws IOException {
    Files.writeString(user, "database: jdbc:mysql://db/x\npassword-file: ~/pw\n");

    assertThat(
            runner()
                .with("SEEQL_DATABASE", "jdbc:mysql://other/y")
                .with("SEEQL_DATABASE_PASSWORD", "Hunter2")
                .run("config", "--format=csv")
                .out())
        .isEqualTo(
            """
            setting,value,source
            database,jdbc:mysql://other/y,SEEQL_DATABASE
            password,***,SEEQL_DATABASE_PASSWORD
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void settingsAreDefaultsOfOptions() throws IOException {
    Files.writeString(project, "batch-size: none\n");

    assertThat(run("run", "-e", PREDICT).err())
        .contains("Invalid value for batch_size: 'none'")
        .contains("it comes from " + project + "\n");
    assertThat(run("run", "--batch-size=some", "-e", PREDICT).err())
        .contains("it comes from the command line (--batch-size)");
  }

  @Test
  void aDatabaseOnTheCommandLineReplacesThatOfAFile() throws IOException {
    Files.writeString(project, "database: jdbc:mysql://db/x\nuser: me\n");

    assertThat(run("run", "--data-dir=d", "--master=spark://h:1", "-e", "SELECT 1").err())
        .startsWith("Cannot use the embedded database with --master=spark://h:1");
  }

  @Test
  void refusesAnUnknownSettingWithTheNearest() throws IOException {
    Files.writeString(project, "batchsize: 3\n");

    Outcome outcome = run("config");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("Unknown setting 'batchsize'; known: batch-size, ")
        .endsWith("; it comes from " + project + "\n");
  }

  @Test
  void refusesAnUnknownProfile() throws IOException {
    Files.writeString(project, "profiles: {gpu: {device: gpu}}\n");

    assertThat(run("config", "--profile", "cpu").err())
        .isEqualTo("Unknown profile 'cpu'; known: gpu\n");
  }

  @Test
  void refusesAFileThatIsNoYamlWithoutShowingIt() throws IOException {
    Files.writeString(project, "user: 'Hunter2\n");

    Outcome outcome = run("config");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("Cannot read the configuration " + project + ": it is not YAML: line ")
        .doesNotContain("Hunter2");
  }

  @Test
  void refusesASettingWithoutAValue() throws IOException {
    Files.writeString(project, "device:\n");

    assertThat(run("config").err())
        .isEqualTo(
            "Cannot read the configuration %s: device must have one value\n".formatted(project));
  }
}
