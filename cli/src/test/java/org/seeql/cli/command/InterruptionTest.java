package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.seeql.cli.console.Channel;

class InterruptionTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Map<String, Runnable> handlers = new HashMap<>();
  private final List<Integer> exits = new CopyOnWriteArrayList<>();
  private final List<Integer> halts = new CopyOnWriteArrayList<>();

  private Interruption interruption(Duration patience) {
    Interruption interruption =
        new Interruption(
            handlers::put,
            Channel.plain(new PrintStream(printed, true, UTF_8)),
            exits::add,
            halts::add,
            patience);
    interruption.watch();
    return interruption;
  }

  private String printed() {
    return printed.toString(UTF_8);
  }

  @Test
  void repeatsTheStopRequest() {
    Interruption interruption = interruption(LONG);
    AtomicInteger requests = new AtomicInteger();
    interruption.stopBy(requests::incrementAndGet);

    handlers.get("INT").run();

    await().until(() -> requests.get() > 2);
    assertThat(interruption.isRequested()).isTrue();
    assertThat(interruption.exitCode()).isEqualTo(130);
    assertThat(exits).isEmpty();
    interruption.report("3 of 4 partitions are committed");
    interruption.report("something else");
    assertThat(printed()).isEqualTo("Interrupted; 3 of 4 partitions are committed\n");
  }

  @Test
  void endsTheProcessWhenTheCommandDoesNotStop() {
    Interruption interruption = interruption(Duration.ZERO);
    interruption.stopBy(() -> {});

    handlers.get("TERM").run();

    await().untilAsserted(() -> assertThat(exits).containsExactly(143));
    assertThat(printed()).isEqualTo("Interrupted\n");
  }

  @Test
  void endsTheProcessIfTheStopRequestBlocks() {
    Interruption interruption = interruption(Duration.ofMillis(600));
    AtomicInteger requests = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    interruption.stopBy(
        () -> {
          requests.incrementAndGet();
          await().forever().until(() -> never.getCount() == 0);
        });

    handlers.get("INT").run();

    await().untilAsserted(() -> assertThat(exits).containsExactly(130));
    assertThat(requests).hasValue(1);
    assertThat(printed()).isEqualTo("Interrupted\n");
    never.countDown();
  }

  @Test
  void repeatsAFailedStopRequest() {
    Interruption interruption = interruption(Duration.ofSeconds(2));
    AtomicInteger requests = new AtomicInteger();
    interruption.stopBy(
        () -> {
          requests.incrementAndGet();
          throw new IllegalStateException("the connection is closed");
        });

    handlers.get("INT").run();

    await().untilAsserted(() -> assertThat(exits).containsExactly(130));
    assertThat(requests).hasValueGreaterThan(2);
  }

  @Test
  void endsTheProcessOfACommandThatCannotBeStopped() {
    interruption(LONG);

    handlers.get("INT").run();

    await().untilAsserted(() -> assertThat(exits).containsExactly(130));
  }

  @Test
  void doesNotEndTheProcessWhileAServerStarts() throws InterruptedException {
    Interruption interruption = interruption(Duration.ZERO);
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    Thread command =
        new Thread(
            () ->
                interruption.whole(
                    () -> {
                      starting.countDown();
                      await().until(() -> started.getCount() == 0);
                      return exits.size();
                    }));
    command.start();
    starting.await();

    handlers.get("INT").run();

    await().during(Duration.ofSeconds(1)).until(exits::isEmpty);
    started.countDown();
    await().untilAsserted(() -> assertThat(exits).containsExactly(130));
    command.join();
  }

  @Test
  void theSecondSignalEndsTheProcessAtOnce() {
    Interruption interruption = interruption(LONG);
    interruption.stopBy(() -> {});

    handlers.get("INT").run();
    assertThat(halts).isEmpty();
    handlers.get("TERM").run();

    assertThat(halts).containsExactly(130);
  }

  @Test
  void doesNothingWithoutASignal() {
    Interruption interruption = interruption(LONG);

    assertThat(interruption.isRequested()).isFalse();
    assertThat(interruption.isReported()).isFalse();
    assertThatThrownBy(interruption::exitCode).isInstanceOf(IllegalStateException.class);
  }
}
