package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.Prediction.Classification;
import org.seeql.udf.batch.Prediction.Detections;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;

/** Converts a prediction to the values of a result's computed columns. For one thread. */
final class RowEncoder {
  private static final JsonFactory JSON = new JsonFactory();

  private final ResultLayout.Shape shape;
  private final String runId;
  private final String model;
  private final int width;
  private final Map<String, Integer> positions = new HashMap<>();

  RowEncoder(ResultLayout layout, String runId, String model) {
    this.shape = layout.shape();
    this.runId = requireNonNull(runId, "runId is null");
    this.model = requireNonNull(model, "model is null");
    List<ResultColumn> computed = layout.computedColumns();
    this.width = computed.size();
    for (int i = 0; i < width; i++) {
      positions.put(key(computed.get(i).name()), i);
    }
  }

  /** The rows of a prediction, each in the order of the computed columns. */
  List<List<Object>> encode(Prediction prediction) {
    return switch (shape) {
      case DETECTION -> detectionRows((Detections) prediction);
      case CLASS -> classRows((Classification) prediction);
      case WIDE -> List.of(wideRow(prediction));
      case IMAGE -> List.of(imageRow(prediction));
      case PREDICTION -> List.of(predictionRow(prediction));
      case PACKED -> List.of(List.of(PackedPrediction.pack(prediction)));
      case FOUND ->
          throw new IllegalStateException("a FOUND row is not made from a single prediction");
      case EVALUATION ->
          throw new IllegalStateException("tasks do not write the result of an evaluation");
    };
  }

  private List<List<Object>> detectionRows(Detections seen) {
    List<List<Object>> rows = new ArrayList<>(seen.detections().size());
    for (Detection d : seen.detections()) {
      rows.add(
          List.of(
              runId,
              rows.size() + 1,
              d.classId(),
              d.label(),
              d.score(),
              d.xMin(),
              d.yMin(),
              d.xMax(),
              d.yMax(),
              model));
    }
    return rows;
  }

  private List<List<Object>> classRows(Classification seen) {
    List<List<Object>> rows = new ArrayList<>(seen.scores().size());
    for (ClassScore s : seen.scores()) {
      rows.add(List.of(runId, rows.size() + 1, s.classId(), s.label(), s.score(), model));
    }
    return rows;
  }

  private List<Object> wideRow(Prediction prediction) {
    Object[] row = new Object[width];
    Arrays.fill(row, 0f);
    row[positions.get(key(ResultLayouts.RUN_ID))] = runId;
    if (prediction instanceof Detections seen) {
      seen.detections().forEach(d -> raise(row, d.label(), d.score()));
    } else if (prediction instanceof Classification seen) {
      seen.scores().forEach(s -> raise(row, s.label(), s.score()));
    }
    return Arrays.asList(row);
  }

  private void raise(Object[] row, String label, float score) {
    Integer position = positions.get(key(label));
    if (position != null) {
      row[position] = Math.max((Float) row[position], score);
    }
  }

  private List<Object> imageRow(Prediction prediction) {
    if (prediction instanceof Detections seen) {
      return List.of(runId, seen.width(), seen.height(), json(seen), model);
    }
    Classification seen = (Classification) prediction;
    return List.of(runId, seen.width(), seen.height(), json(seen), model);
  }

  private static List<Object> predictionRow(Prediction prediction) {
    if (prediction instanceof Detections seen) {
      return List.of(json(seen));
    }
    List<ClassScore> scores = ((Classification) prediction).scores();
    return List.of(scores.get(0).label(), scores.get(0).score());
  }

  private static String key(String column) {
    return column.toLowerCase(Locale.ROOT);
  }

  private static String json(Detections seen) {
    return json(
        json -> {
          for (Detection d : seen.detections()) {
            json.writeStartObject();
            json.writeNumberField("class_id", d.classId());
            json.writeStringField("label", d.label());
            json.writeNumberField("score", d.score());
            json.writeNumberField("x_min", d.xMin());
            json.writeNumberField("y_min", d.yMin());
            json.writeNumberField("x_max", d.xMax());
            json.writeNumberField("y_max", d.yMax());
            json.writeEndObject();
          }
        });
  }

  private static String json(Classification seen) {
    return json(
        json -> {
          for (ClassScore s : seen.scores()) {
            json.writeStartObject();
            json.writeNumberField("class_id", s.classId());
            json.writeStringField("label", s.label());
            json.writeNumberField("score", s.score());
            json.writeEndObject();
          }
        });
  }

  private static String json(JsonBody elements) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      elements.write(json);
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private interface JsonBody {
    void write(JsonGenerator json) throws IOException;
  }
}
