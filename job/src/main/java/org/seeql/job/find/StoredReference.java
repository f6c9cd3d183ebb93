package org.seeql.job.find;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.job.inference.DecidingAnswer;
import org.seeql.job.inference.SampledAnswers;

/**
 * The JSON form of {@link ReferenceFigures} and {@link SampledAnswers}.
 *
 * @param alone null if a cascade was chosen
 */
record StoredReference(
    String model,
    long images,
    long failed,
    double sampleMillis,
    double referenceMillis,
    String alone,
    SortedMap<Long, StoredAnswers> sample) {

  record StoredAnswers(boolean found, SortedMap<String, StoredAnswer> answers) {}

  record StoredAnswer(@JsonProperty("answer") String word, float score) {}

  static StoredReference of(ReferenceFigures figures, SampledAnswers sampled) {
    SortedMap<Long, StoredAnswers> sample = new TreeMap<>();
    sampled.byRow().forEach((row, answered) -> sample.put(row, store(answered)));
    return new StoredReference(
        figures.reference(),
        figures.sampleImages(),
        figures.sampleFailed(),
        figures.sampleMillis(),
        figures.referenceMillis(),
        figures.alone().orElse(null),
        sample);
  }

  private static StoredAnswers store(SampledAnswers.Answered answered) {
    SortedMap<String, StoredAnswer> answers = new TreeMap<>();
    answered
        .evidence()
        .forEach(
            (name, answer) -> answers.put(name, new StoredAnswer(answer.word(), answer.score())));
    return new StoredAnswers(answered.isFound(), answers);
  }

  ReferenceFigures figures() {
    return new ReferenceFigures(
        model, images, failed, sampleMillis, referenceMillis, Optional.ofNullable(alone));
  }

  SampledAnswers sampled() {
    SortedMap<Long, SampledAnswers.Answered> byRow = new TreeMap<>();
    sample.forEach(
        (row, stored) -> {
          SortedMap<String, DecidingAnswer> evidence = new TreeMap<>();
          stored
              .answers()
              .forEach(
                  (name, answer) ->
                      evidence.put(name, new DecidingAnswer(model, answer.word(), answer.score())));
          byRow.put(row, new SampledAnswers.Answered(stored.found(), evidence));
        });
    return new SampledAnswers(byRow);
  }
}
