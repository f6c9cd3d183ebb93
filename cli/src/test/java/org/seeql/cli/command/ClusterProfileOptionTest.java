package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.cli.command.CommandLineRunner.Outcome;
import org.seeql.launcher.manifest.SparkOperator;
import org.seeql.launcher.profile.SettingKind;
import picocli.CommandLine.Model.OptionSpec;

class ClusterProfileOptionTest {
  private static final Path SCHEMA = Path.of("..", "k8s", "cluster-profile.schema.json");
  private static final Path EXAMPLE = Path.of("..", "k8s", "cluster-profile.yaml");

  @TempDir Path directory;

  private Outcome run(String profile, String... arguments) throws IOException {
    Files.writeString(directory.resolve("p.sql"), "DROP TABLE d.i");
    Files.writeString(directory.resolve("cluster.yaml"), profile);
    return new CommandLineRunner(directory).run(arguments);
  }

  private Outcome submit(String profile, String... more) throws IOException {
    String[] arguments =
        Arrays.copyOf(
            new String[] {"submit", "p.sql", "--dry-run", "--cluster-profile=cluster.yaml"},
            more.length + 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return run(profile, arguments);
  }

  /** {@code -Dseeql.golden=write} rewrites the schema. */
  @Test
  void theSchemaDescribesTheOptions() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode schema = json.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Cluster profile of SeeQL: options of seeql submit and seeql schedule");
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    ClusterProfileOption.settings()
        .forEach((name, option) -> describe(properties.putObject(name), option));
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    String text = json.writer(printer).writeValueAsString(schema) + "\n";

    if ("write".equals(System.getProperty("seeql.golden"))) {
      Files.writeString(SCHEMA, text);
    }
    assertThat(Files.readString(SCHEMA)).isEqualTo(text);
    assertThat(ClusterProfileOption.settings())
        .containsKeys("image", "executors", "conf", "label", "toleration", "ttl", "pvc")
        .doesNotContainKeys("mode", "cluster-profile", "run-id", "namespace");
  }

  private static void describe(ObjectNode property, OptionSpec option) {
    property.put(
        "description", String.join(" ", option.description()).replace(" Can be repeated.", ""));
    SettingKind kind = ClusterProfileOption.kind(option);
    switch (kind) {
      case NUMBER -> property.put("type", "integer");
      case TEXT -> property.putArray("type").add("string").add("number");
      case LIST ->
          property
              .put("type", "array")
              .putObject("items")
              .putArray("type")
              .add("string")
              .add("number");
      case MAPPING ->
          property
              .put("type", "object")
              .putObject("additionalProperties")
              .putArray("type")
              .add("string")
              .add("number")
              .add("boolean");
    }
    if (option.type() == SparkOperator.class) {
      property.remove("type");
      Arrays.stream(SparkOperator.values())
          .forEach(o -> property.withArray("/enum").add(o.name().toLowerCase(Locale.ROOT)));
    }
    String description = property.path("description").asText();
    property.put(
        "description",
        description.replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue())));
  }

  @Test
  void theExampleSetsEveryKindOfOption() throws IOException {
    Outcome outcome = submit(Files.readString(EXAMPLE));

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains(
            "image: registry.example/seeql:0.1.0\n",
            "claimName: seeql-images\n",
            "- name: registry-key\n",
            "example.org/pool: batch\n",
            "value: batch\n",
            "cost-centre: \"4711\"\n",
            "secondsAfterCompletion: 259200\n");
  }

  @Test
  void theCommandLineTakesPrecedence() throws IOException {
    String profile = "image: a\nttl: 1d\nlabel: {team: a, site: b}\n";

    Outcome outcome = submit(profile, "--image=b", "--label=team=c");

    assertThat(outcome.out())
        .contains("image: b\n", "team: c\n", "secondsAfterCompletion: 86400\n")
        .doesNotContain("site: b");
  }

  @Test
  void valuesAreValidatedLikeOptions() throws IOException {
    assertThat(submit("image: a\nexecutors: 0\nconf: {spark.authenticate: false}\n").err())
        .isEqualTo(
            """
            Cannot submit the program: 2 problems
              - Invalid --executors: 0 (at least 1)
              - Invalid --conf: spark.authenticate cannot be changed: tasks contain the password of the database
            """);
    assertThat(submit("image: a\noperator: some\n").err())
        .isEqualTo(
            "Invalid cluster profile cluster.yaml: Invalid operator: 'some' (kubeflow, apache, none)\n");
    assertThat(submit("imag: a\n").err())
        .startsWith("Invalid cluster profile cluster.yaml: Unknown key 'imag'; known: image, ");
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    Outcome outcome = run("", "submit", "p.sql", "--dry-run", "--cluster-profile=nowhere.yaml");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo("Cannot read the cluster profile nowhere.yaml: there is no such file\n");
  }

  @Test
  void scheduleAndInstallReadItToo() throws IOException {
    String profile = "image: a\nlabel: {team: vision}\nttl: 1d\n";

    Outcome schedule =
        run(
            profile,
            "schedule",
            "p.sql",
            "--dry-run",
            "--cron=@daily",
            "--cluster-profile=cluster.yaml");
    Outcome install = run(profile, "install", "--dry-run", "--cluster-profile=cluster.yaml");

    assertThat(schedule.out()).contains("team: vision\n", "secondsAfterCompletion: 86400\n");
    assertThat(install.out()).contains("team: vision\n");
  }
}
