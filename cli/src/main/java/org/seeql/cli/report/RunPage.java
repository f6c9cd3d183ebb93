package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.database.ledger.PartitionState;
import org.seeql.database.ledger.RunState;
import org.seeql.job.find.FindReport;

/**
 * The content of a run's page, not yet formatted. The creator bounds its size, because the page
 * shows all of it.
 *
 * @param stages consecutive stages with wall-clock durations, in execution order
 * @param work the steps of the threads within the stages, summed over all threads
 * @param timedImages the number of images that the stages processed; smaller than all images if the
 *     run was resumed
 * @param search the plan of a TO FIND run and what it has done
 * @param evaluation of a TO EVALUATE run, which has no findings and no gallery
 * @param training of a TO TRAIN run, which has no findings and no gallery
 * @param settings the effective settings of the statement, the command line and the defaults
 */
record RunPage(
    Run run,
    List<Stage> stages,
    List<Stage> work,
    long timedImages,
    Optional<FindReport> search,
    Optional<EvaluationPage> evaluation,
    Optional<TrainingPage> training,
    Findings findings,
    Gallery gallery,
    Failures failures,
    List<Setting> settings,
    Partitions partitions) {

  RunPage {
    requireNonNull(run, "run is null");
    stages = List.copyOf(stages);
    work = List.copyOf(work);
    requireNonNull(search, "search is null");
    requireNonNull(evaluation, "evaluation is null");
    requireNonNull(training, "training is null");
    requireNonNull(findings, "findings is null");
    requireNonNull(gallery, "gallery is null");
    requireNonNull(failures, "failures is null");
    settings = List.copyOf(settings);
    requireNonNull(partitions, "partitions is null");
  }

  /**
   * @param model with its version: {@code yolov5n@2}
   */
  record Run(
      String id,
      String statement,
      RunState state,
      String model,
      Environment environment,
      Optional<String> target,
      Optional<String> imageRoot,
      Period period,
      Counts counts,
      Optional<String> error) {
    Run {
      requireNonNull(id, "id is null");
      requireNonNull(statement, "statement is null");
      requireNonNull(state, "state is null");
      requireNonNull(model, "model is null");
      requireNonNull(environment, "environment is null");
      requireNonNull(target, "target is null");
      requireNonNull(imageRoot, "imageRoot is null");
      requireNonNull(period, "period is null");
      requireNonNull(counts, "counts is null");
      requireNonNull(error, "error is null");
    }
  }

  /**
   * Where and how a model ran.
   *
   * @param place the host of the driver
   */
  record Environment(
      Optional<String> engine,
      Optional<String> device,
      Optional<String> place,
      OptionalInt batchSize) {}

  /**
   * @param finished empty if the run has not finished
   */
  record Period(Instant started, Optional<Instant> finished) {
    Period {
      requireNonNull(started, "started is null");
      requireNonNull(finished, "finished is null");
    }
  }

  /**
   * @param images the number of selected images
   * @param done the number of images with an answer, which may be empty
   * @param failed the number of images without an answer
   * @param rows the number of written rows
   */
  record Counts(long images, long done, long failed, long rows) {
    Counts {
      if (images < 0 || done < 0 || failed < 0 || rows < 0) {
        throw new IllegalArgumentException(
            "Negative count: %d images, %d done, %d failed, %d rows"
                .formatted(images, done, failed, rows));
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

  /** The meaning of one row of the result. */
  enum Answer {
    /** An object and its position. */
    BOX,
    /** The single class of an image. */
    LABEL,
    /** The presence of a class in an image, without a position. */
    PRESENCE
  }

  /**
   * Counts over the whole result.
   *
   * @param classes by descending frequency
   * @param images the number of images with at least one answer
   * @param missing the reason why the result cannot be counted, if any
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
   * @param bins the number of answers with a confidence in [0, 0.05), [0.05, 0.1) … [0.95, 1]
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
   * @param unreadable the number of chosen pictures that could not be read again
   */
  record Gallery(List<Picture> pictures, long unreadable) {
    Gallery {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * @param width of the original in pixels, the unit of the marks
   * @param jpeg the thumbnail, in Base64
   * @param marks by descending confidence
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

    /** The same picture with one of its marks. */
    Picture withOnly(Mark mark) {
      return new Picture(imageId, fileName, width, height, jpeg, List.of(mark));
    }
  }

  /**
   * @param box empty if the answer applies to the whole image
   * @param outline what the model reports in addition to the box
   * @param heat a coloured map of the parts on which the answer depends, as a PNG image in Base64,
   *     for explanations
   */
  record Mark(
      String label,
      double score,
      Optional<Box> box,
      Optional<Outline> outline,
      Optional<String> heat) {
    /** An answer without an outline. */
    Mark(String label, double score, Optional<Box> box) {
      this(label, score, box, Optional.empty(), Optional.empty());
    }

    Mark {
      requireNonNull(outline, "outline is null");
      requireNonNull(heat, "heat is null");
      requireNonNull(label, "label is null");
      requireNonNull(box, "box is null");
    }
  }

  /** Coordinates in pixels of the original image. */
  record Box(double xMin, double yMin, double xMax, double yMax) {}

  /**
   * @param listed the first failures, up to a limit
   * @param stages the counts of all failures by stage, in descending order
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
   * @param listed the first partitions, up to a limit
   * @param count the number of all partitions
   */
  record Partitions(List<Partition> listed, long count) {
    Partitions {
      listed = List.copyOf(listed);
    }
  }

  /**
   * @param firstRow the first row of the selection, from 1
   * @param lastRow inclusive
   * @param images the number of processed images, including failed ones
   * @param time from the first row to the commit
   */
  record Partition(
      int number,
      long firstRow,
      long lastRow,
      PartitionState state,
      long images,
      long failed,
      long rows,
      Duration time,
      Optional<Instant> committed) {}
}
