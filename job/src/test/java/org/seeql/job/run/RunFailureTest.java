package org.seeql.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.RefusalException;
import org.seeql.udf.InferenceException;

class RunFailureTest {

  @ParameterizedTest
  @ValueSource(ints = {1205, 1213})
  void aLockThatWasNotFreeIsNotSettled(int code) {
    assertThat(RunFailure.isSettled(ofTask(new SQLException("a lock", "40001", code)))).isFalse();
  }

  @Test
  void aLostConnectionIsNotSettled() {
    assertThat(RunFailure.isSettled(ofTask(new SQLNonTransientConnectionException("lost"))))
        .isFalse();
  }

  @Test
  void aRefusalOfTheDatabaseOrTheModelIsSettled() {
    assertThat(RunFailure.isSettled(ofTask(new SQLException("denied", "42000", 1142)))).isTrue();
    assertThat(RunFailure.isSettled(ofTask(new InferenceException("no such class")))).isTrue();
  }

  @Test
  void anythingElseIsNotSettled() {
    assertThat(RunFailure.isSettled(new TooManyFailuresException("more than 4"))).isFalse();
    assertThat(RunFailure.isSettled(new RefusalException("rename it"))).isFalse();
    assertThat(RunFailure.isSettled(new IOException("no space left"))).isFalse();
    assertThat(RunFailure.isSettled(ofTask(new IllegalStateException("a mistake")))).isFalse();
  }

  private static Exception ofTask(Exception cause) {
    return new ExecutionException("Job aborted due to stage failure", cause);
  }
}
