package org.seeql.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.apache.spark.SparkThrowableHelper;
import org.apache.spark.sql.AnalysisException;
import org.junit.jupiter.api.Test;
import org.seeql.database.RefusalException;

class SparkErrorsTest {
  @Test
  void givesARefusalTheTextThatPythonAsksSparkFor() {
    AnalysisException refusal =
        catchThrowableOfType(
            AnalysisException.class,
            () ->
                SparkErrors.translating(
                    () -> {
                      throw new RefusalException("Unknown model 'nope'; known: <mine>, $x");
                    }));

    assertThat(refusal).hasMessage("Unknown model 'nope'; known: <mine>, $x");
    assertThat(
            SparkThrowableHelper.getMessage(refusal.getCondition(), refusal.getMessageParameters()))
        .startsWith("Unknown model 'nope'; known: <mine>, $x");
  }
}
