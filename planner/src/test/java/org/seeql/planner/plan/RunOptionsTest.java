package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunOptionsTest {
  @Test
  void takesNoPasswordInAPlace() {
    List<String> problems = new ArrayList<>();

    RunOptions.parse(
        OptionSet.NONE.with("image_dir", "s3a://id:planted@photos/a", "CMD"), problems::add);

    assertThat(problems)
        .containsExactly(
            "Invalid value for image_dir: it holds a password, which would be kept and shown; leave it out, and name the key of S3 by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
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

    assertThat(options)
        .isEqualTo(
            new RunOptions(
                Optional.of("/images"),
                Optional.of("file"),
                Optional.of("nr"),
                OptionalInt.of(8),
                OptionalInt.of(32),
                DeviceChoice.GPU,
                Optional.of(WriteMode.APPEND),
                ResultShape.WIDE,
                0.5,
                1,
                7,
                5,
                new FailureLimit.Count(3),
                false,
                1_000_000,
                true,
                7,
                Optional.of("coco_val"),
                Optional.of("ultralytics/yolov5"),
                Optional.empty()));
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
        "class_coverage|1,,2|class ids with commas, such as 0,2,5",
        "class_coverage|person|class ids with commas, such as 0,2,5",
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
                + "  - Unknown option 'batchsize'; known: batch_size, dataset, accuracy, device, latency,"
                + " id_column, image_dir, iou, max_pixels, mode, … (22 in all); it comes from"
                + " CMD\n"
                + "  - only_new needs mode=append: it adds to what the target has\n"
                + "  - Invalid value for iou: '2' (a number from 0 to 1); it comes from the command"
                + " line");
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
