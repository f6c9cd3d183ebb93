package org.seeql.spark.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.seeql.database.ledger.ListedRun;
import org.seeql.job.StatementResult;
import org.seeql.job.StatementResult.Done;
import org.seeql.job.StatementResult.EvaluationSummary;
import org.seeql.job.StatementResult.Explanation;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.job.StatementResult.ModelDetails;
import org.seeql.job.StatementResult.ModelTable;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.StatementResult.RunTable;
import org.seeql.job.StatementResult.TrainingSummary;
import org.seeql.planner.statement.TableName;
import scala.jdk.javaapi.CollectionConverters;

/** The result of a statement as rows, with the columns of {@link StatementColumns}. */
final class CommandRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String SUCCEEDED = "succeeded";

  private CommandRows() {}

  static List<Row> of(StatementResult result) {
    if (result instanceof RunSummary run) {
      return List.of(row(cells(run)));
    }
    if (result instanceof FindSummary find) {
      List<Object> cells = cells(find.run());
      cells.add(find.report().tree() + "\n" + String.join("\n", find.report().totals()));
      cells.add(json(find.report().document()));
      return List.of(row(cells));
    }
    if (result instanceof EvaluationSummary evaluation) {
      List<Object> cells = cells(evaluation.run());
      cells.add(CollectionConverters.asScala(evaluation.findings()));
      return List.of(row(cells));
    }
    if (result instanceof TrainingSummary training) {
      List<Object> cells = cells(training.run());
      cells.add(CollectionConverters.asScala(training.findings()));
      return List.of(row(cells));
    }
    if (result instanceof ModelTable table) {
      return table.models().stream()
          .map(
              model ->
                  RowFactory.create(
                      model.name(),
                      model.version(),
                      model.task(),
                      model.layout(),
                      model.engine(),
                      model.input(),
                      model.classes(),
                      model.base().orElse(null),
                      Timestamp.from(model.created())))
          .toList();
    }
    if (result instanceof RunTable table) {
      return table.runs().stream().map(CommandRows::row).toList();
    }
    if (result instanceof ModelDetails details) {
      return details.properties().entrySet().stream()
          .map(property -> RowFactory.create(property.getKey(), property.getValue()))
          .toList();
    }
    if (result instanceof Explanation explanation) {
      return List.of(
          RowFactory.create(explanation.text().stripTrailing(), json(explanation.document())));
    }
    if (result instanceof Done done) {
      return List.of(RowFactory.create(done.message()));
    }
    throw new IllegalStateException("no rows for " + result.getClass());
  }

  private static Row row(ListedRun run) {
    return RowFactory.create(
        run.runId(),
        run.status().name().toLowerCase(Locale.ROOT),
        run.clause(),
        run.model(),
        run.target().map(TableName::toString).orElse(null),
        number(run.images()),
        number(run.failed()),
        number(run.rows()),
        Timestamp.from(run.started()),
        run.duration().map(duration -> duration.toMillis() / 1_000.0).orElse(null),
        run.leftoverMebibytes());
  }

  private static Long number(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }

  private static List<Object> cells(RunSummary run) {
    run.predictions().ifPresent(StatementResult.Rows::close);
    List<Object> cells = new ArrayList<>();
    cells.add(run.runId());
    cells.add(SUCCEEDED);
    cells.add(run.model());
    cells.add(run.target().map(TableName::toString).orElse(null));
    cells.add(run.images());
    cells.add(run.failed());
    cells.add(run.rows());
    cells.add(run.times().total().toNanos() / 1e9);
    cells.add(run.imagesPerSecond());
    cells.add(run.partitions());
    cells.add(run.execution().batchSize());
    cells.add(run.execution().engine());
    cells.add(run.execution().device());
    return cells;
  }

  private static String json(Map<String, Object> document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a plan", e);
    }
  }

  private static Row row(List<Object> cells) {
    return RowFactory.create(cells.toArray());
  }
}
