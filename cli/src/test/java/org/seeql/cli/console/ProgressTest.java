package org.seeql.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.launcher.cluster.LoggedFigures;

class ProgressTest {
  private final Capture capture = new Capture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120  | 200  | 0 | 3    | inferred 120 of 200 images (60 %), 40.0 img/s, 2 s left",
        "1500 | 9000 | 7 | 10   | inferred 1,500 of 9,000 images (16 %), 150.0 img/s, 50 s left, 7 failed",
        "10   | 8000 | 0 | 10   | inferred 10 of 8,000 images (0 %), 1.0 img/s, 2 h 13 min left",
        "100  | 400  | 0 | 100  | inferred 100 of 400 images (25 %), 1.0 img/s, 5 min 0 s left",
        "0    | 200  | 0 | 0    | 'inferred 0 of 200 images (0 %), 0.0 img/s'",
        "0    | 0    | 0 | 1    | 'inferred 0 of 0 images (100 %), 0.0 img/s'"
      })
  void printsTheProgress(long done, long total, long failed, long seconds, String sentence) {
    Progress progress = new Progress("inferred", done, total, failed, Duration.ofSeconds(seconds));

    assertThat(progress.sentence()).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({"120, 200, 0, 3", "1500, 9000, 7, 10", "10, 8000, 0, 10", "200, 200, 200, 1"})
  void canBeReadFromALogOfACluster(long done, long total, long failed, long seconds) {
    Progress progress = new Progress("inferred", done, total, failed, Duration.ofSeconds(seconds));

    LoggedFigures read = LoggedFigures.of(progress.sentence()).orElseThrow();

    assertThat(read.selected()).isEqualTo(total);
    assertThat(read.through()).isEqualTo(done);
    assertThat(read.failed()).isEqualTo(failed);
    assertThat(read.imagesPerSecond().orElseThrow())
        .isCloseTo((double) done / seconds, within(0.06));
  }

  @Test
  void computesTheSpeedOfAResumedRunFromItsResumption() {
    Progress progress = new Progress("inferred", 900, 950, 1_000, 0, Duration.ofSeconds(5));

    assertThat(progress.sentence())
        .isEqualTo("inferred 950 of 1,000 images (95 %), 10.0 img/s, 5 s left");
  }

  @Test
  void drawsABarInATerminal() {
    Progress progress = new Progress("inferred", 50, 200, 3, Duration.ofSeconds(2));

    assertThat(progress.bar(capture.terminal(90)))
        .isEqualTo(
            "inferred ███████░░░░░░░░░░░░░░░░░░░░░  25 %  50/200 images  25.0 img/s  ETA 6 s  3"
                + " failed");
  }

  @ParameterizedTest
  @CsvSource({"20", "40", "60", "61", "62", "63", "64", "65", "66", "67", "68", "80", "200"})
  void neverBreaksTheLine(int width) {
    Progress progress = new Progress("inferred", 50_000, 200_000, 3, Duration.ofSeconds(2));

    assertThat(DisplayWidth.of(progress.bar(capture.terminal(width)))).isLessThan(width);
  }

  @Test
  void overwritesItsLineInATerminal() {
    ProgressDisplay display = new ProgressDisplay(capture.terminal(60), () -> 0);

    display.doing("planning");
    display.show(new Progress("inferred", 1, 2, 0, Duration.ofSeconds(1)));
    display.clear();

    assertThat(capture.text())
        .isEqualTo(
            "\r\u001b[Kplanning …"
                + "\r\u001b[Kinferred ██████░░░░░░  50 %  1/2 images  1.0 img/s  ETA 1 s"
                + "\r\u001b[K");
  }

  @Test
  void printsALineEveryFiveSecondsIntoAPipe() {
    AtomicLong now = new AtomicLong();
    ProgressDisplay display = new ProgressDisplay(capture.pipe(), now::get);

    for (int second = 0; second <= 11; second++) {
      now.set(Duration.ofSeconds(second).toNanos());
      display.doing("not worth a line");
      display.show(new Progress("inferred", second, 100, 0, Duration.ofSeconds(second)));
    }
    display.clear();

    assertThat(capture.text())
        .isEqualTo(
            "inferred 5 of 100 images (5 %), 1.0 img/s, 1 min 35 s left\n"
                + "inferred 10 of 100 images (10 %), 1.0 img/s, 1 min 30 s left\n");
  }
}
