package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.cli.command.CommandLineRunner.Outcome;

class PlanCommandTest {
  private static final String DOGS =
      """
      {"predicate": "dog AND NOT cat", "bound": {"min_accuracy": 0.5},
       "priors": {"dog": 0.5, "cat": 0.25},
       "repository": {"models": [
         {"name": "d", "cost_ms": 8, "classes": {"dog": {"tpr": 1, "fpr": 0}}},
         {"name": "c", "cost_ms": 3, "classes": {"cat": {"accuracy": 1}}}]}}
      """;

  @TempDir Path directory;

  @Test
  void printsThePlanAsOneObject() throws IOException {
    Outcome outcome = run(DOGS, "--input", "-", "--format=json", "--repeat=3");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().lines()).hasSize(1);
    assertThat(outcome.out().replaceFirst("\"planning_ms\":[0-9.E-]+", "\"planning_ms\":0"))
        .isEqualTo(
            "{\"feasible\":true,\"strategy\":\"optimal\",\"bound\":{\"min_accuracy\":0.5},"
                + "\"maximize\":\"accuracy\",\"assignment\":{\"cat\":\"c\",\"dog\":\"d\"},"
                + "\"expected_cost_ms\":9.0,\"accuracy\":1.0,\"precision\":1.0,\"recall\":1.0,"
                + "\"f1\":1.0,\"prevalence\":0.375,\"exact\":true,\"gap\":0.0,\"planning_ms\":0,"
                + "\"root\":{\"then\":0},\"nodes\":["
                + "{\"id\":0,\"run\":[\"c\"],\"answers\":{\"cat\":\"c\"},\"reach\":1.0,\"next\":["
                + "{\"when\":{\"cat\":false},\"then\":1},"
                + "{\"when\":{\"cat\":true},\"decide\":false}]},"
                + "{\"id\":1,\"run\":[\"d\"],\"answers\":{\"dog\":\"d\"},\"reach\":0.75,\"next\":["
                + "{\"when\":{\"dog\":false},\"decide\":false},"
                + "{\"when\":{\"dog\":true},\"decide\":true}]}]}\n");
  }

  @Test
  void printsATreeAndTheOtherStrategies() throws IOException {
    Files.writeString(directory.resolve("dogs.json"), DOGS);

    Outcome outcome = run("", "--input", "dogs.json");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith("[0] c for cat")
        .contains("expected cost  9.00 ms per image\n")
        .contains("baseline         11.00    1.0000     1.0000  1.0000  1.0000  c, d\n");
  }

  /** 20 rows, of which each fourth row and the one after it show the class. */
  private static final String CASCADE =
      """
      {"predicate": "dog", "strategy": "cascade", "bound": {"min_recall": 0.5},
       "sample": {"classes": ["dog"], "rows": [%1$s],
                  "scores": {"d": {"dog": [%2$s]}}},
       "repository": {"models": [{"name": "d", "cost_ms": 8}]}}
      """
          .formatted(
              String.join(", ", java.util.Collections.nCopies(5, "\"1\", \"1\", \"0\", \"0\"")),
              String.join(", ", java.util.Collections.nCopies(5, "0.75, 0.875, 0.25, 0.125")));

  @Test
  void printsACascadeAsOneObject() throws IOException {
    Outcome outcome = run(CASCADE, "--input", "-", "--format=json");

    assertThat(outcome.exitCode()).isZero();
    JsonNode plan = new ObjectMapper().readTree(outcome.out());
    assertThat(plan.at("/strategy").asText()).isEqualTo("cascade");
    assertThat(plan.at("/confidence_level").asDouble()).isEqualTo(0.95);
    assertThat(plan.at("/ladders/dog").toString())
        .isEqualTo("[{\"model\":\"d\",\"no_below\":0.5,\"yes_from\":0.5}]");
    // 0.05 ^ (1 / 5)
    assertThat(plan.at("/certified/recall/lower").asDouble()).isBetween(0.549, 0.550);
    assertThat(plan.at("/certified/recall/n").asInt()).isEqualTo(5);
    assertThat(plan.at("/nodes").toString())
        .isEqualTo(
            "[{\"id\":0,\"run\":[\"d\"],\"reads\":{\"dog\":0},\"reach\":1.0,\"next\":["
                + "{\"when\":{\"dog\":\"no\"},\"decide\":false},"
                + "{\"when\":{\"dog\":\"yes\"},\"decide\":true}]}]");
  }

  @Test
  void printsACascadeAsATree() throws IOException {
    Outcome outcome = run(CASCADE, "--input", "-");

    assertThat(outcome.out())
        .startsWith(
            "[0] d for dog          100.00 % of images       8.00 ms\n├─ no dog → not found\n")
        .contains("dog\n  d  no below 0.5000, yes from 0.5000 (settles 100.0 % of 10 images)\n")
        .contains("certified      recall at least 0.5493 (5 of 5 images)\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "min_recall\": 0.5 | min_recall\": 0.6 | Cannot certify min_recall = 0.6 (certified 0.54928, from 5 of 5 images)",
        "cascade\", | cascade\", \"confidence_level\": 1, | Invalid 'confidence_level' of the input: 1 (a number between 0 and 1, both exclusive)",
        "\"scores\" | \"weights\": [1], \"scores\" | 'weights' of sample cannot be used with strategy cascade",
        "\"d\": { | \"e\": { | No model has scores: ",
        "0.875, 0.25, 0.125]} | 0.875, 0.25]} | Invalid 'sample' of the input: model d has 19 scores of dog, but the sample has 20 rows",
        "0.875, 0.25, 0.125]} | 0.875, 0.25, 1.125]} | a score of dog by model d is not between 0 and 1: 1.125",
      })
  void refusesAnInvalidCascade(String text, String wrong, String message) throws IOException {
    assertThat(CASCADE).contains(text);

    Outcome outcome = run(CASCADE.replace(text, wrong), "--input", "-");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains(message);
  }

  @Test
  void printsARefusalAsAnObject() throws IOException {
    Outcome outcome =
        run(
            DOGS.replace("min_accuracy\": 0.5", "max_cost_ms\": 8.5"),
            "--input=-",
            "--format=json");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .isEqualTo(
            "{\"feasible\":false,\"strategy\":\"optimal\",\"refusal\":{\"kind\":\"max_cost_ms\","
                + "\"message\":\"Cannot satisfy max_cost_ms = 8.5: the cheapest plan costs 9 ms per image\",\"best\":{\"expected_cost_ms\":9.0}}}\n");
    assertThat(outcome.err())
        .isEqualTo("Cannot satisfy max_cost_ms = 8.5: the cheapest plan costs 9 ms per image\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"bound\": {| \"bounds\": {| the input: Unknown field 'bounds'; known: bound, priors,"
            + " sample, maximize, strategy, predicate, repository, confidence_level",
        "\"min_accuracy\": 0.5| \"min_accuracy\": 1.5|"
            + " Invalid 'min_accuracy' of 'bound' of the input: 1.5 (a number from 0 to 1)",
        "\"cost_ms\": 8| \"cost_ms\": 1e999|"
            + " Invalid 'cost_ms' of model 0: Infinity (a finite number from 0)",
        "\"cost_ms\": 8| \"cost_ms\": -1|"
            + " Invalid 'cost_ms' of model 0: -1 (a finite number from 0)",
        "\"name\": \"c\"| \"name\": \"d\"| Two models have the name 'd'",
        "\"name\": \"c\"| \"name\": \"\"| 'name' of model 1 is empty",
        "\"tpr\": 1,| \"accuracy\": 1,| Invalid 'dog' of model 'd': fields [accuracy, fpr]"
            + " (accuracy; or tpr and fpr; or, with a sample, answers)",
        "\"dog\": 0.5| \"dog\": \"0.5\"|"
            + " Invalid 'dog' of 'priors' of the input: \"0.5\" (a number from 0 to 1)",
        "\"repository\"| \"maximize\": \"recall\", \"repository\"|"
            + " Invalid 'maximize' of the input: \"recall\" (accuracy, f1)",
      })
  void refusesInvalidInput(String part, String other, String message) throws IOException {
    Outcome outcome = run(DOGS.replace(part, other), "--input=-", "--format=json");

    assertThat(outcome.exitCode()).isEqualTo(1);
    JsonNode refusal = new ObjectMapper().readTree(outcome.out()).get("refusal");
    assertThat(refusal.get("kind").textValue()).isEqualTo("input");
    assertThat(refusal.get("message").textValue()).isEqualTo(message);
  }

  @Test
  void showsWhereThePredicateIsWrong() {
    Outcome outcome = run(DOGS.replace("dog AND NOT", "dog AND cow"), "--input=-");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("line 1, column 13: Unexpected cat\n  dog AND cow cat\n              ^\n");
  }

  @Test
  void failsForAMissingFile() {
    Outcome outcome = run("", "--input=missing.json", "--format=json");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "Cannot read the program %s: no such file\n"
                .formatted(directory.toAbsolutePath().resolve("missing.json")));
  }

  @Test
  void showsThePositionOfInvalidJson() throws IOException {
    Outcome outcome = run("{\"predicate\": [\n", "--input=-", "--format=json");

    JsonNode refusal = new ObjectMapper().readTree(outcome.out()).get("refusal");
    assertThat(refusal.get("message").textValue())
        .startsWith("Cannot read the input as JSON at line 2, column 1: Unexpected end-of-input")
        .doesNotContain("Source")
        .endsWith("line: 1, column: 15)");
  }

  private Outcome run(String input, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "plan";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new CommandLineRunner(directory.toAbsolutePath()).withInput(input).run(all);
  }
}
