package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seeql.udf.image.ReadBudget.Reservation;
import org.seeql.udf.image.ReadBudget.WaitPolicy;

@Timeout(60)
class ReadBudgetTest {
  private static final long TOTAL = 100;

  private final ReadBudget budget =
      new ReadBudget(new ReadSettings(TOTAL, 250, Duration.ofMinutes(1)));

  private CompletableFuture<Reservation> reserving(long bytes) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return budget.reserve(bytes, WaitPolicy.UNLIMITED);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
  }

  @Test
  void waitsForMemory() throws Exception {
    Reservation first = budget.reserve(60, WaitPolicy.UNLIMITED);
    budget.reserve(40, WaitPolicy.UNLIMITED);
    CompletableFuture<Reservation> third = reserving(1);

    assertThat(budget.isFull()).isTrue();
    assertThat(third).isNotDone();
    first.close();
    first.close();

    third.join();
    assertThat(budget.used()).isEqualTo(41);
  }

  @Test
  void readsAFileLargerThanTheBudgetAlone() throws Exception {
    Reservation small = budget.reserve(1, WaitPolicy.UNLIMITED);
    CompletableFuture<Reservation> large = reserving(200);
    await().until(() -> !large.isDone());
    assertThat(large).isNotDone();
    small.close();

    Reservation alone = large.join();
    CompletableFuture<Reservation> next = reserving(1);
    assertThat(next).isNotDone();
    alone.close();
    next.join().close();
    assertThat(budget.used()).isZero();
  }

  @Test
  void stopsWaitingForAnUnneededImage() throws Exception {
    AtomicBoolean wanted = new AtomicBoolean(true);
    budget.reserve(TOTAL, WaitPolicy.UNLIMITED);
    CompletableFuture<Reservation> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return budget.reserve(1, () -> !wanted.get());
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            });
    assertThat(waiting).isNotDone();

    wanted.set(false);

    assertThatThrownBy(waiting::join).hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(budget.used()).isEqualTo(TOTAL);
  }

  @Test
  void countsMemoryOfOthersWithoutWaitingForIt() throws Exception {
    budget.hold(300);

    assertThat(budget.isFull()).isTrue();
    budget.reserve(TOTAL, WaitPolicy.UNLIMITED).close();
    budget.release(300);
    assertThat(budget.isFull()).isFalse();
  }

  @Test
  void isExceededOnlyByASingleFile() throws Exception {
    AtomicLong now = new AtomicLong();
    AtomicInteger files = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 16; thread++) {
        Random random = new Random(thread);
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    long bytes = 1 + random.nextInt(i % 10 == 0 ? 250 : 40);
                    Reservation reservation = budget.reserve(bytes, WaitPolicy.UNLIMITED);
                    try {
                      int filesInMemory = files.incrementAndGet();
                      if (now.addAndGet(bytes) > TOTAL && filesInMemory > 1) {
                        wrong.incrementAndGet();
                      }
                      Thread.yield();
                      now.addAndGet(-bytes);
                      files.decrementAndGet();
                    } finally {
                      reservation.close();
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(wrong).hasValue(0);
    assertThat(budget.used()).isZero();
  }
}
