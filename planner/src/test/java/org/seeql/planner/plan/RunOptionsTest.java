package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.planner.option.FailureLimit;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.option.ResultShape;
import org.seeql.planner.option.WriteMode;

class RunOptionsTest {
  @Test
  void takesNoPasswordInAPlace() {
    List<String> problems = new ArrayList<>();

    RunOptions.parse(
        OptionSet.NONE.with("image_dir", "s3a://id:planted@photos/a", "CMD"), problems::add);

    assertThat(problems)
        .containsExactly(
            "Invalid value for image_dir: it contains a password, which would be stored and shown; remove it, and set the key of S3 in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void defaultsAreThoseOfYolov5AndSafe() {
    RunOptions options = RunOptions.parse(OptionSet.NONE);

    assertThat(options.confidence()).isEqualTo(0.25);
    assertThat(options.iou()).isEqualTo(0.45);
    assertThat(options.batchSize()).isEmpty();
    assertThat(options.mode()).isEmpty();
    assertThat(options.result()).isEqualTo(ResultShape.LONG);
    assertThat(options.maxFailedImages()).isEqualTo(new FailureLimit.Percentage(10));
    assertThat(options.exifRotation()).isTrue();
    assertThat(options.variation()).isEmpty();
  }

  @Test
  void readsEveryOption() {
    RunOptions options =
        RunOptions.parse(
            OptionSet.of(
                Map.ofEntries(
                    Map.entry("image_dir", "/images"),
                    Map.entry("path-column", "file"),
                    Map.entry("ID_COLUMN", "nr"),
                    Map.entry("partitions", "8"),
                    Map.entry("batch_size", "32"),
                    Map.entry("exact_batch", "true"),
                    Map.entry("device", "GPU"),
                    Map.entry("write_mode", "append"),
                    Map.entry("result", "wide"),
                    Map.entry("confidence", "0.5"),
                    Map.entry("iou", "1"),
                    Map.entry("max_detections", "7"),
                    Map.entry("top_k", "5"),
                    Map.entry("max_failed_images", "3"),
                    Map.entry("exif_rotation", "false"),
                    Map.entry("max_pixels", "1e6"),
                    Map.entry("only_new", "true"),
                    Map.entry("max_attempts", "7"),
                    Map.entry("dataset", "coco_val"),
                    Map.entry("repository", "ultralytics/yolov5")),
                "CMD"));

    assertThat(options.imageDir()).contains("/images");
    assertThat(options.pathColumn()).contains("file");
    assertThat(options.idColumn()).contains("nr");
    assertThat(options.partitions()).hasValue(8);
    assertThat(options.batchSize()).hasValue(32);
    assertThat(options.exactBatch()).isTrue();
    assertThat(options.device()).isEqualTo(DeviceChoice.GPU);
    assertThat(options.mode()).contains(WriteMode.APPEND);
    assertThat(options.result()).isEqualTo(ResultShape.WIDE);
    assertThat(options.confidence()).isEqualTo(0.5);
    assertThat(options.iou()).isEqualTo(1);
    assertThat(options.maxDetections()).isEqualTo(7);
    assertThat(options.topK()).isEqualTo(5);
    assertThat(options.maxFailedImages()).isEqualTo(new FailureLimit.Count(3));
    assertThat(options.exifRotation()).isFalse();
    assertThat(options.maxPixels()).isEqualTo(1_000_000);
    assertThat(options.onlyNew()).isTrue();
    assertThat(options.maxAttempts()).isEqualTo(7);
    assertThat(options.dataset()).contains("coco_val");
    assertThat(options.values().find(OptionTable.REPOSITORY)).contains("ultralytics/yolov5");
    assertThat(options.variation()).isEmpty();
  }

  @Test
  void readsTheThesisVariation() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("latency", "50");
    given.put("accuracy", "0.75");
    given.put("class_coverage", "5, 1,2,2,5");

    RunOptions options = RunOptions.parse(OptionSet.of(given, "CMD"));

    assertThat(options.variation())
        .contains(new Variation(Duration.ofMillis(50), 0.75, Optional.of(Set.of(1, 2, 5))));
  }

  @ParameterizedTest
  @CsvSource({"50,50000000", "2.5ms,2500000", "0.05s,50000000", "0,0", "1e2 ms,100000000"})
  void readsALatencyInMillisecondsUnlessItSaysItsUnit(String text, long nanos) {
    RunOptions options = RunOptions.parse(OptionSet.NONE.with("latency", text, "CMD"));

    assertThat(options.variation().orElseThrow().latency()).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "confidence|1.5|a number from 0 to 1",
        "confidence|NaN|a number from 0 to 1",
        "iou|-0.1|a number from 0 to 1",
        "batch_size|0|a whole number from 1, or auto",
        "batch_size|2.5|a whole number from 1, or auto",
        "batch_size|1e999999999|a whole number from 1, or auto",
        "partitions|100001|a whole number from 1 to 100000",
        "max_pixels|-1|a whole number from 1",
        "max_attempts|0|a whole number from 1",
        "device|tpu|cpu, gpu or auto",
        "mode|replaced|error, append or overwrite",
        "result|''|long, wide or image",
        "exif_rotation|yes|true or false",
        "image_dir|' '|a text that is not empty",
        "max_failed_images|101%|a number of images such as 10, or a percentage such as 5%",
        "max_failed_images|NaN%|a number of images such as 10, or a percentage such as 5%",
        "class_coverage|1,,2|class ids separated by commas, such as 0,2,5",
        "class_coverage|person|class ids separated by commas, such as 0,2,5",
        "latency|-1|milliseconds from 0, such as 50, 50ms or 0.05s",
        "latency|1m|milliseconds from 0, such as 50, 50ms or 0.05s",
        "accuracy|75%|a number from 0 to 1"
      })
  void refusesAValueThatIsNotAllowed(String name, String value, String allowed) {
    OptionSet options = OptionSet.NONE.with(name, value, "CMD");

    assertThatThrownBy(() -> RunOptions.parse(options))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Invalid value for %s: '%s' (%s); it comes from CMD".formatted(name, value, allowed));
  }

  @Test
  void tellsEveryProblemAtOnceAndTheNearestNames() {
    OptionSet options =
        OptionSet.NONE
            .with("batchsize", "32", "CMD")
            .with("iou", "2", "the command line")
            .with("only_new", "true", "WITH");

    assertThatThrownBy(() -> RunOptions.parse(options))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "3 problems\n"
                + "  - "
                + NearestNames.unknown(
                    "option", "batchsize", OptionTable.of(OptionScope.RUN).names())
                + "; it comes from CMD\n"
                + "  - Invalid value for iou: '2' (a number from 0 to 1); it comes from the command"
                + " line\n"
                + "  - only_new needs mode=append: it adds to what the target has");
  }

  @Test
  void refusesAnExactBatchWithoutASize() {
    OptionSet exact = OptionSet.NONE.with("exact_batch", "true", "CMD");

    assertThatThrownBy(() -> RunOptions.parse(exact))
        .isInstanceOf(PlanningException.class)
        .hasMessageEndingWith(
            "exact_batch needs batch_size: the number of images in each model call");
    assertThat(RunOptions.parse(exact.with("batch_size", "8", "CMD")).toMap())
        .containsEntry("exact_batch", "true");
  }

  @Test
  void writesItselfAsOptionsThatReadBackTheSame() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("image_dir", "/images");
    given.put("mode", "replace");
    given.put("max_failed_images", "2.5%");
    given.put("latency", "0.0025974s");
    given.put("class_coverage", "3,1");
    RunOptions options = RunOptions.parse(OptionSet.of(given, "CMD"));

    RunOptions again = RunOptions.parse(OptionSet.of(options.toMap(), "runs"));

    assertThat(again).isEqualTo(options);
    assertThat(options.toMap())
        .containsEntry("class_coverage", "1,3")
        .containsEntry("mode", "overwrite");
  }

  /** Rows of {@code seeql.runs} contain this text, and fingerprints parts of it. */
  @Test
  void writesTheSameTextAsEarlierVersions() {
    RunOptions options =
        RunOptions.parse(
            OptionSet.NONE
                .with("id_column", "nr", "CMD")
                .with("class_coverage", "7, 3", "CMD")
                .with("batch_size", "32", "CMD"));

    assertThat(options.toMap().entrySet())
        .extracting(Object::toString)
        .containsExactly(
            "id_column=nr",
            "batch_size=32",
            "device=auto",
            "result=long",
            "confidence=0.25",
            "iou=0.45",
            "max_detections=300",
            "top_k=1",
            "max_failed_images=10%",
            "exif_rotation=true",
            "max_pixels=100000000",
            "only_new=false",
            "max_attempts=3",
            "latency=0.0ms",
            "accuracy=1.0",
            "class_coverage=3,7");
  }

  @Test
  void replacesOneValue() {
    RunOptions options = RunOptions.parse(OptionSet.NONE);

    RunOptions changed = options.with(OptionTable.IMAGE_DIR, "/images");

    assertThat(options.imageDir()).isEmpty();
    assertThat(changed.imageDir()).contains("/images");
    assertThat(changed.toMap().keySet()).startsWith("image_dir", "batch_size");
    assertThatThrownBy(() -> options.with(OptionTable.CONFIDENCE, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0,0,false", "10,100,false", "11,100,true", "1,3,true"})
  void aPercentageIsOfTheSelectedImages(long failed, long images, boolean exceeded) {
    assertThat(new FailureLimit.Percentage(10).isExceededBy(failed, images)).isEqualTo(exceeded);
  }

  @Test
  void aCountIsExceededByOneMore() {
    FailureLimit limit = new FailureLimit.Count(2);

    assertThat(limit.isExceededBy(2, 1000)).isFalse();
    assertThat(limit.isExceededBy(3, 1000)).isTrue();
  }
}
