package org.seeql.spark.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import scala.Option;

/** Latches, not times, decide which file is read first. */
@Timeout(60)
class RowHeadersTest {
  private static final int READERS = 16;

  private final TaskContextImpl task = TaskContext$.MODULE$.empty();

  private static Iterator<Integer> rows(int count) {
    return IntStream.range(0, count).iterator();
  }

  private static Function<Integer, Optional<Callable<String>>> reading(Callable<String> read) {
    return row -> Optional.of(read);
  }

  @Test
  void rowsKeepTheirOrderHoweverLongTheirFilesTake() {
    CountDownLatch second = new CountDownLatch(1);
    RowHeaders<Integer, String> headers =
        RowHeaders.open(
            task,
            rows(2),
            row ->
                Optional.of(
                    () -> {
                      if (row == 0) {
                        second.await();
                      } else {
                        second.countDown();
                      }
                      return "header " + row;
                    }));

    assertThat(headers)
        .toIterable()
        .containsExactly(
            new RowHeaders.Read<>(0, Optional.of("header 0")),
            new RowHeaders.Read<>(1, Optional.of("header 1")));
  }

  @Test
  void aRowWithoutAnImageHasNoHeader() {
    RowHeaders<Integer, String> headers =
        RowHeaders.open(
            task, rows(3), row -> row == 1 ? Optional.empty() : Optional.of(() -> "header"));

    List<Boolean> present = new ArrayList<>();
    headers.forEachRemaining(read -> present.add(read.header().isPresent()));

    assertThat(present).containsExactly(true, false, true);
  }

  @Test
  void readsABoundedNumberOfFilesAtATime() {
    CountDownLatch all = new CountDownLatch(READERS);
    AtomicInteger taken = new AtomicInteger();
    Iterator<Integer> counted =
        IntStream.range(0, 1_000).peek(row -> taken.incrementAndGet()).iterator();
    RowHeaders<Integer, String> headers =
        RowHeaders.open(
            task,
            counted,
            reading(
                () -> {
                  all.countDown();
                  // ends only if all readers work at the same time
                  all.await();
                  return "header";
                }));

    headers.next();

    assertThat(taken).hasValue(READERS);
    headers.next();
    assertThat(taken).hasValue(READERS + 1);
    headers.close();
  }

  @Test
  void aFileThatCannotBeReadFailsItsRow() {
    IOException error = new IOException("gone");
    RowHeaders<Integer, String> headers =
        RowHeaders.open(
            task,
            rows(1),
            reading(
                () -> {
                  throw error;
                }));

    assertThatThrownBy(headers::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot read an image")
        .hasCause(error);
  }

  @Test
  void endsAfterTheLastRow() {
    RowHeaders<Integer, String> headers = RowHeaders.open(task, rows(1), reading(() -> "header"));
    headers.next();

    assertThat(headers.hasNext()).isFalse();
    assertThatThrownBy(headers::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void theEndOfItsTaskInterruptsTheReaders() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    RowHeaders<Integer, String> headers =
        RowHeaders.open(
            task,
            rows(1),
            reading(
                () -> {
                  started.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                  }
                  return "header";
                }));
    assertThat(headers.hasNext()).isTrue();
    started.await();

    task.markTaskCompleted(Option.empty());

    await().untilTrue(interrupted);
    assertThat(headers.hasNext()).isFalse();
  }
}
