package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.udf.explain.ExplainedAnswer;
import org.seeql.udf.explain.ExplainedImage;
import org.seeql.udf.explain.Explanation;
import org.seeql.udf.explain.Faithfulness;
import org.seeql.udf.explain.SaliencyMethod;

/** The rows of explanations: one row for each explained answer. */
final class ExplanationRows {
  private static final int LONGEST_EXPLAINER = 16;
  private static final int BOX = 4;

  /** Between the image and the model. */
  static final List<ResultColumn> COLUMNS =
      List.of(
          ResultColumn.computed("class_id", ColumnType.INT),
          ResultColumn.computed("label", TaskResult.LABEL),
          ResultColumn.computed("score", ColumnType.DOUBLE),
          ResultColumn.computed("x_min", ColumnType.DOUBLE.orNull()),
          ResultColumn.computed("y_min", ColumnType.DOUBLE.orNull()),
          ResultColumn.computed("x_max", ColumnType.DOUBLE.orNull()),
          ResultColumn.computed("y_max", ColumnType.DOUBLE.orNull()),
          ResultColumn.computed("explainer", ColumnType.text(LONGEST_EXPLAINER)),
          ResultColumn.computed("masks", ColumnType.INT),
          ResultColumn.computed("peak_x", ColumnType.DOUBLE),
          ResultColumn.computed("peak_y", ColumnType.DOUBLE),
          ResultColumn.computed("energy_in_box", ColumnType.DOUBLE.orNull()),
          ResultColumn.computed("stability", ColumnType.DOUBLE.orNull()),
          ResultColumn.computed("insertion_auc", ColumnType.DOUBLE.orNull()),
          ResultColumn.computed("deletion_auc", ColumnType.DOUBLE.orNull()),
          ResultColumn.computed("map", ColumnType.BYTES));

  private final String runId;
  private final String model;
  private final SaliencyMethod method;

  ExplanationRows(String runId, String model, SaliencyMethod method) {
    this.runId = requireNonNull(runId, "runId is null");
    this.model = requireNonNull(model, "model is null");
    this.method = requireNonNull(method, "method is null");
  }

  /** The rows of an image, each in the order of the computed columns. */
  List<List<Object>> of(ExplainedImage image) {
    return image.explanations().stream().map(e -> row(image, e)).toList();
  }

  private List<Object> row(ExplainedImage image, Explanation explanation) {
    ExplainedAnswer answer = explanation.answer();
    Optional<Faithfulness> faithfulness = explanation.faithfulness();
    List<Object> row = new ArrayList<>();
    row.add(runId);
    row.add(answer.classId());
    row.add(answer.label());
    row.add(answer.score());
    row.addAll(box(answer));
    row.add(method.name().toLowerCase(Locale.ROOT));
    row.add(explanation.masks());
    row.add(explanation.map().peakAcross() * image.width());
    row.add(explanation.map().peakDown() * image.height());
    row.add(orNull(explanation.energyInBox()));
    row.add(orNull(explanation.stability()));
    row.add(faithfulness.map(Faithfulness::insertion).orElse(null));
    row.add(faithfulness.map(Faithfulness::deletion).orElse(null));
    row.add(explanation.map().png());
    row.add(model);
    return row;
  }

  private static List<Object> box(ExplainedAnswer answer) {
    return answer
        .box()
        .map(d -> List.<Object>of(d.xMin(), d.yMin(), d.xMax(), d.yMax()))
        .orElseGet(() -> Collections.nCopies(BOX, null));
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
