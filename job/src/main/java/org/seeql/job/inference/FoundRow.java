package org.seeql.job.inference;

import java.util.List;
import java.util.Map;

/** The row of an image that passed through a plan, in the order of {@link ResultLayouts#found}. */
final class FoundRow {
  private FoundRow() {}

  /** One row, or an empty list. */
  static List<List<Object>> of(PlanRoute route, ModelAssignment.Kept kept) {
    return switch (kept) {
      case FOUND -> route.isFound() ? List.of(List.of(evidence(route))) : List.of();
      case ALL -> List.of(List.of(route.isFound(), evidence(route)));
    };
  }

  private static String evidence(PlanRoute route) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, DecidingAnswer> entry : route.evidence().entrySet()) {
            DecidingAnswer answer = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            json.writeStringField("answer", answer.word());
            json.writeStringField("model", answer.model());
            json.writeNumberField("confidence", answer.score());
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }
}
