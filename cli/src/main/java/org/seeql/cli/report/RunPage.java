package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.planner.optimizer.DecisionPlan;

/**
 * Everything the page of a run shows: values, not yet words. Its size is bounded by whoever makes
 * it; the page shows all of it.
 *
 * @param stages by the clock, one after the other, in the order in which they ran
 * @param work what the threads did inside them, summed over the threads
 * @param timedImages how many images the stages had; fewer than all where the run was resumed
 * @param plan of a run of TO FIND
 * @param settings as the statement, the command line and the defaults gave them
 */
record RunPage(
    Run run,
    List<Stage> stages,
    List<Stage> work,
    long timedImages,
    Optional<DecisionPlan> plan,
    Findings findings,
    Gallery gallery,
    Failures failures,
    List<Setting> settings,
    Partitions partitions) {

  RunPage {
    requireNonNull(run, "run is null");
    stages = List.copyOf(stages);
    work = List.copyOf(work);
    requireNonNull(plan, "plan is null");
    requireNonNull(findings, "findings is null");
    requireNonNull(gallery, "gallery is null");
    requireNonNull(failures, "failures is null");
    settings = List.copyOf(settings);
    requireNonNull(partitions, "partitions is null");
  }

  enum State {
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  /**
   * @param model with its version: {@code yolov5n@2}
   * @param place the host that it was driven from
   * @param images selected
   * @param done images with an answer, also an empty one
   * @param failed images without one
   * @param rows written
   */
  record Run(
      String id,
      String statement,
      State state,
      String model,
      Optional<String> engine,
      Optional<String> device,
      Optional<String> place,
      Optional<String> target,
      Optional<String> imageRoot,
      OptionalInt batchSize,
      Instant started,
      Optional<Instant> finished,
      long images,
      long done,
      long failed,
      long rows,
      Optional<String> error) {
    Run {
      requireNonNull(id, "id is null");
      requireNonNull(statement, "statement is null");
      requireNonNull(state, "state is null");
      requireNonNull(model, "model is null");
      requireNonNull(started, "started is null");
      if (images < 0 || done < 0 || failed < 0 || rows < 0) {
        throw new IllegalArgumentException("Negative count in run " + id);
      }
    }
  }

  record Stage(String name, Duration duration) {
    Stage {
      requireNonNull(name, "name is null");
      if (duration.isNegative()) {
        throw new IllegalArgumentException("Stage " + name + " takes " + duration);
      }
    }
  }

  /** What one row of the result says. */
  enum Answer {
    /** An object and where it is. */
    BOX,
    /** The one class of an image. */
    LABEL,
    /** That a class is in an image, not where. */
    PRESENCE
  }

  /**
   * Counts over the whole result.
   *
   * @param classes the most frequent first
   * @param images how many have at least one answer
   * @param missing why there are none, where the result is not there to be counted
   */
  record Findings(
      Answer answer, List<ClassFindings> classes, long images, Optional<String> missing) {
    Findings {
      requireNonNull(answer, "answer is null");
      classes = List.copyOf(classes);
      requireNonNull(missing, "missing is null");
    }

    long count() {
      return classes.stream().mapToLong(ClassFindings::count).sum();
    }
  }

  /**
   * @param bins how many answers have a confidence in [0, 0.05), [0.05, 0.1) … [0.95, 1]
   */
  record ClassFindings(String label, List<Long> bins) {
    static final int BINS = 20;

    ClassFindings {
      requireNonNull(label, "label is null");
      bins = List.copyOf(bins);
      if (bins.size() != BINS) {
        throw new IllegalArgumentException(
            "Invalid histogram for " + label + ": " + bins.size() + " bins (20)");
      }
    }

    long count() {
      return bins.stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * @param unreadable pictures that were chosen and could not be read again
   */
  record Gallery(List<Picture> pictures, long unreadable) {
    Gallery {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * @param width of the original in pixels, as the marks count them
   * @param jpeg the picture made small, in Base64
   * @param marks the most certain first
   */
  record Picture(
      String imageId, String fileName, int width, int height, String jpeg, List<Mark> marks) {
    Picture {
      requireNonNull(imageId, "imageId is null");
      requireNonNull(fileName, "fileName is null");
      requireNonNull(jpeg, "jpeg is null");
      marks = List.copyOf(marks);
      if (width <= 0 || height <= 0) {
        throw new IllegalArgumentException(
            "Invalid size of " + fileName + ": " + width + " x " + height);
      }
    }
  }

  /**
   * @param box empty where the answer is for the whole image
   */
  record Mark(String label, double score, Optional<Box> box) {
    Mark {
      requireNonNull(label, "label is null");
      requireNonNull(box, "box is null");
    }
  }

  /** Pixels of the original image. */
  record Box(double xMin, double yMin, double xMax, double yMax) {}

  /**
   * @param listed the first of them, all where there are not very many
   * @param stages all of them counted by stage, the most frequent first
   */
  record Failures(List<Failure> listed, List<FailureCount> stages) {
    Failures {
      listed = List.copyOf(listed);
      stages = List.copyOf(stages);
    }

    long count() {
      return stages.stream().mapToLong(FailureCount::count).sum();
    }
  }

  record Failure(String imageId, String path, String stage, String reason) {}

  record FailureCount(String stage, long count) {}

  record Setting(String name, String value) {}

  /**
   * @param listed the first of them
   * @param count all of them
   */
  record Partitions(List<Partition> listed, long count) {
    Partitions {
      listed = List.copyOf(listed);
    }
  }

  /**
   * @param firstRow of the selection, from 1
   * @param lastRow included
   * @param images that were tried, the failed ones too
   * @param time from its first row to its commit
   */
  record Partition(
      int number,
      long firstRow,
      long lastRow,
      String state,
      long images,
      long failed,
      long rows,
      Duration time,
      Optional<Instant> committed) {}
}
