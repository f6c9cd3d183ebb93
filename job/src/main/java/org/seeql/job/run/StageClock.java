package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.seeql.job.RunListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times the stages of one run and reports them to the listener. For one thread. */
public final class StageClock {
  private static final Logger LOG = LoggerFactory.getLogger(StageClock.class);

  private final RunListener listener;
  private final long start = System.nanoTime();
  private final Map<String, Duration> durations = new LinkedHashMap<>();
  private Optional<String> current = Optional.empty();
  private long currentStart;

  public StageClock(RunListener listener) {
    this.listener = requireNonNull(listener, "listener is null");
  }

  public void begin(String stage, String detail) {
    current = Optional.of(stage);
    currentStart = System.nanoTime();
    listener.stage(stage, detail);
  }

  /** Ends the current stage. */
  public void end(String runId, String counts) {
    String stage = current.orElseThrow();
    Duration duration = Duration.ofNanos(System.nanoTime() - currentStart);
    durations.put(stage, duration);
    current = Optional.empty();
    LOG.info("Run {}: {} took {} ms: {}", runId, stage, duration.toMillis(), counts);
  }

  /** Records a step of the stage that ended last. */
  public void step(String name, Duration duration) {
    durations.put(name, duration);
  }

  public Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  public Map<String, Duration> durations() {
    return Collections.unmodifiableMap(durations);
  }
}
