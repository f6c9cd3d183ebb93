package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.plan.PlanningException;

class EvaluateRefusalsIT {
  private static final String REFUSED = "Cannot run the statement at line 1, column 1: ";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    LabelledDemo.load(database, "demo_refused", "show");
    database.execute(
        "CREATE TABLE demo_refused.others AS SELECT image_id + 5000 AS image_id, file_name FROM"
            + " demo_refused.images",
        "INSERT INTO seeql.image_roots VALUES ('demo_refused', 'others', '"
            + RunFixture.IMAGES
            + "')");
  }

  @AfterAll
  static void deleteProfiles() throws Exception {
    database.execute("DROP DATABASE demo_refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT * FROM images TO EVALUATE scout INTO t | There are no labels for model 'scout': no database of the SELECT (seeql_test) has the tables annotations (image_id, category_id, bbox) and categories (id, name); create them with `seeql import coco`
          SELECT * FROM demo_refused.images TO EVALUATE scout LABEL place INTO t | Model 'scout' cannot use LABEL, which is only for classifiers; remove LABEL: the labels of a model that can detect are in the tables annotations and categories
          SELECT * FROM demo_refused.images TO EVALUATE places INTO t | Model 'places' is a classifier: add LABEL column, the column of the SELECT with the correct class
          SELECT * FROM demo_refused.images TO EVALUATE places LABEL plaice INTO t | Unknown column 'plaice'; known: place, file_name, image_id; it comes from LABEL
          SELECT image_id, file_name, NULL AS place FROM demo_refused.images TO EVALUATE places LABEL place INTO t | No selected image has a label: the column 'place' is NULL in every row
          SELECT image_id, file_name, 'moon' AS place FROM demo_refused.images TO EVALUATE places LABEL place INTO t | Model 'places' and the column 'place' have no class in common: the classes of the model are meadow, street, beach, snow, night, indoor; the labels are moon
          SELECT * FROM demo_refused.others TO EVALUATE scout INTO t | None of the 100 selected images has a row in demo_refused.annotations: annotations.image_id must refer to the id column, here 'image_id'; choose another column with id_column
          SELECT * FROM demo_refused.images WHERE FALSE TO EVALUATE scout INTO t | The SELECT returns no rows: there are no images to evaluate
          SELECT i.* FROM demo_refused.images i JOIN demo_refused.annotations a USING (image_id) TO EVALUATE scout INTO t | The SELECT returns 99 images in 409 rows; an evaluation counts each image once: remove the duplicates with DISTINCT or GROUP BY
          SELECT NULLIF(image_id, 101) AS image_id, file_name FROM demo_refused.images TO EVALUATE scout INTO t | The id column 'image_id' is NULL in 1 rows; exclude these rows, or choose another column with id_column
          """)
  void refuses(String program, String problem) {
    assertThatThrownBy(() -> fixture.execute(program))
        .isInstanceOf(PlanningException.class)
        .hasMessage(REFUSED + problem);
  }

  @Test
  void refusesAModelAndADataSetWithoutACommonClass() throws Exception {
    database.execute(
        "CREATE TABLE demo_refused.kept AS SELECT * FROM demo_refused.categories",
        "UPDATE demo_refused.categories SET name = CONCAT('x', category_id)");

    assertThatThrownBy(
            () -> fixture.execute("SELECT * FROM demo_refused.images TO EVALUATE scout INTO t"))
        .hasMessage(
            REFUSED
                + "Model 'scout' and demo_refused have no class in common: the classes of the model are person,"
                + " bicycle, car, bus, truck, boat, traffic light, bird, cat, dog, … (12 in all);"
                + " the labels are x1, x2, x3, x6, x8, x9, x10, x16, x17, x18, … (12 in all)");
    database.execute(
        "UPDATE demo_refused.categories c JOIN demo_refused.kept k USING (category_id) SET c.name"
            + " = k.name");
  }

  @Test
  void saysEverythingThatIsWrongAtOnceAndLeavesNothingBehind() throws Exception {
    long runs = database.count("seeql.runs");

    assertThatThrownBy(
            () ->
                fixture.execute(
                    "SELECT * FROM demo_refused.images TO EVALUATE scout WITH image_dir ="
                        + " '/nowhere' LABEL place INTO nowhere.t"))
        .hasMessage(
            """
            Cannot run the statement at line 1, column 1: 3 problems
              - Cannot use the image root /nowhere: there is no such folder
              - Unknown database 'nowhere' of the target nowhere.t; create it with CREATE DATABASE
              - Model 'scout' cannot use LABEL, which is only for classifiers; remove LABEL: the labels of a model that can detect are in the tables annotations and categories""");
    assertThat(database.count("seeql.runs")).isEqualTo(runs);
  }

  @Test
  void namesTheModelsThatMayBeMeant() {
    assertThatThrownBy(
            () -> fixture.execute("SELECT * FROM demo_refused.images TO EVALUATE scut INTO t"))
        .isInstanceOf(PlanningException.class)
        .hasMessageStartingWith(REFUSED + "Unknown model 'scut'; known: scout, ");
  }

  @Test
  void refusesToOverwriteATableThatNoRunWrote() throws Exception {
    database.execute("CREATE TABLE precious_scores (a INT)");

    assertThatThrownBy(
            () ->
                fixture.execute(
                    "SELECT * FROM demo_refused.images TO EVALUATE scout INTO precious_scores"))
        .hasMessage(
            REFUSED
                + "Table seeql_test.precious_scores exists and no run of SeeQL wrote it; use --mode=append"
                + " or --mode=overwrite");
  }
}
