package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.plan.PlanningException;

/** A model that computes vectors. */
class EmbedIT {
  private static final Path MODELS =
      Path.of("..", "udfs/src/test/resources/org/seeql/udf/model").toAbsolutePath().normalize();
  private static final String ALL = "SELECT * FROM images ";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    // the means of the channels, as logits of tags and as numbers of vectors
    fixture.execute(
        "CREATE MODEL vectors OPTIONS (uri = '%s', normalization = 'none')"
            .formatted(MODELS.resolve("vector.onnx").toUri()));
    fixture.execute(
        "CREATE MODEL colors OPTIONS (uri = '%s', normalization = 'none')"
            .formatted(MODELS.resolve("tag_named.onnx").toUri()));
    fixture.summary(ALL + "TO RUN x CMD 'tag', '--model=colors', '--confidence=0' INTO color_tags");
  }

  @AfterAll
  static void drop() {
    fixture.execute("DROP MODEL vectors");
    fixture.execute("DROP MODEL colors");
  }

  private static void embed(String into, String options) {
    fixture.summary(
        ALL + "TO RUN any/image CMD 'embed', '--model=vectors'" + options + " INTO " + into);
  }

  private static float[] floats(String hex) {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  /** The mean of a channel, from the logit of its tag: 8 mean - 4. */
  private static double mean(String image, String label) throws Exception {
    double score =
        Double.parseDouble(
            database
                .query(
                    "SELECT score FROM color_tags WHERE image_id = %s AND label = '%s'"
                        .formatted(image, label))
                .get(0));
    return (Math.log(score / (1 - score)) + 4) / 8;
  }

  private static float[] expected(String image) throws Exception {
    return new float[] {
      (float) (2 * mean(image, "red") - 1),
      (float) (1 - 4 * mean(image, "green")),
      (float) (8 * mean(image, "blue") + 3)
    };
  }

  @Test
  void writesOneVectorPerImage() throws Exception {
    embed("vectors_long", "");

    assertThat(database.columns("vectors_long"))
        .containsExactly("run_id", "image_id", "file_name", "dimensions", "embedding", "model");
    List<String> rows =
        database.query("SELECT image_id, dimensions, HEX(embedding) FROM vectors_long");
    assertThat(rows).hasSize(RunFixture.IMAGE_COUNT);
    for (String row : rows) {
      String[] values = row.split("\\|");
      assertThat(values[1]).isEqualTo("3");
      assertThat(floats(values[2])).containsExactly(expected(values[0]), within(2e-5f));
    }
  }

  @Test
  void dividesVectorsByTheirLengthOnRequest() throws Exception {
    embed("vectors_long", "");
    embed("vectors_unit", ", '--l2_normalize=true'");

    List<String> rows =
        database.query(
            "SELECT HEX(v.embedding), HEX(u.embedding) FROM vectors_long v JOIN vectors_unit u"
                + " USING (image_id)");
    assertThat(rows).hasSize(RunFixture.IMAGE_COUNT);
    for (String row : rows) {
      float[] vector = floats(row.split("\\|")[0]);
      double length = Math.hypot(Math.hypot(vector[0], vector[1]), vector[2]);
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / length);
      }
      assertThat(floats(row.split("\\|")[1])).containsExactly(vector, within(1e-6f));
    }
  }

  @Test
  void writesTheOtherShapes() throws Exception {
    embed("vectors_long", "");
    embed("vectors_json", ", '--result=image'");
    fixture.summary(ALL + "TO PREDICT vectors_shown.v USING vectors");

    assertThat(
            database.query(
                "SELECT v.embedding = s.v, s.v_dimensions FROM vectors_long v JOIN vectors_shown s"
                    + " USING (image_id)"))
        .hasSize(RunFixture.IMAGE_COUNT)
        .containsOnly("1|3");
    List<String> json =
        database.query(
            "SELECT HEX(v.embedding), j.embedding FROM vectors_long v JOIN vectors_json j USING"
                + " (image_id)");
    for (String row : json) {
      float[] vector = floats(row.split("\\|")[0]);
      assertThat(row.split("\\|")[1].replace(" ", ""))
          .isEqualTo("[%s,%s,%s]".formatted(vector[0], vector[1], vector[2]));
    }
  }

  @Test
  void infersOnlyNewImagesUnlessTheLengthDiffers() throws Exception {
    embed("vectors_new", ", '--mode=append', '--only_new'");
    embed("vectors_new", ", '--mode=append', '--only_new'");

    assertThat(database.count("vectors_new")).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThatThrownBy(
            () -> embed("vectors_new", ", '--mode=append', '--only_new', '--l2_normalize'"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining("l2_normalize");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM images TO EVALUATE vectors INTO t | Cannot evaluate model 'vectors': it returns vectors, and labels are classes; evaluate a model that can detect, classify or tag
          SELECT * FROM images TO RUN x CMD 'embed', '--model=vectors', '--result=wide' INTO t | Cannot write a wide result with model 'vectors': it returns vectors, and a wide result has one column per class; use --result=long
          SELECT * FROM images TO RUN x CMD 'embed', '--model=vectors', '--accuracy=0.5' INTO t | Invalid accuracy or class_coverage: model 'vectors' returns vectors, which have no classes; remove these options
          SELECT * FROM images TO RUN x CMD 'tag', '--model=vectors' INTO t | Program 'tag' needs to tag, but model 'vectors' can only embed
          """)
  void refuses(String program, String problem) {
    assertThatThrownBy(() -> fixture.execute(program))
        .isInstanceOf(PlanningException.class)
        .hasMessage("Cannot run the statement at line 1, column 1: " + problem);
  }

  @Test
  void cannotBeChosenToFindImages() {
    assertThatThrownBy(() -> fixture.execute(ALL + "TO FIND person WITH only_models = 'vectors'"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(
            "Model 'vectors' cannot be chosen: it returns vectors, and classes are requested; it"
                + " comes from only_models");
  }

  @Test
  void isDescribedWithoutClasses() {
    StatementResult.ModelDetails details =
        (StatementResult.ModelDetails) fixture.execute("DESCRIBE MODEL vectors");

    assertThat(details.properties())
        .containsEntry("task", "embed")
        .containsEntry("layout", "embedding")
        .containsEntry("reason for layout", "the output embedding contains 3 values")
        .doesNotContainKeys("classes", "labels", "profile", "reason for activation");
    assertThat(
            fixture.execute(
                "CREATE OR REPLACE MODEL vectors OPTIONS (uri = '%s', normalization = 'none')"
                    .formatted(MODELS.resolve("vector.onnx").toUri())))
        .isEqualTo(
            new StatementResult.Done(
                "Created model vectors, version 2: embed, embedding, input 64x64, vectors"));
  }
}
