package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seeql.job.RunListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times the stages of one run and reports them to the listener. For one thread. */
public final class StageClock {
  private static final Logger LOG = LoggerFactory.getLogger(StageClock.class);

  private final RunListener listener;
  private final long start = System.nanoTime();
  private final Map<String, Duration> durations = new LinkedHashMap<>();

  public StageClock(RunListener listener) {
    this.listener = requireNonNull(listener, "listener is null");
  }

  /** Begins a stage. The caller ends it before the next one begins. */
  public Stage begin(String name, String detail) {
    Stage stage = new Stage(name);
    listener.stage(name, detail);
    return stage;
  }

  /** A stage that has begun. */
  public final class Stage {
    private final String name;
    private final long begun = System.nanoTime();

    private Stage(String name) {
      this.name = requireNonNull(name, "name is null");
    }

    /** Ends the stage. */
    public EndedStage end(String runId, String counts) {
      Duration duration = Duration.ofNanos(System.nanoTime() - begun);
      durations.put(name, duration);
      LOG.info("Run {}: {} took {} ms: {}", runId, name, duration.toMillis(), counts);
      return new EndedStage(name);
    }
  }

  /** A stage that has ended, and whose steps are listed after it. */
  public final class EndedStage {
    private final String name;

    private EndedStage(String name) {
      this.name = requireNonNull(name, "name is null");
    }

    /** Records the duration of a step. */
    public void step(String step, Duration duration) {
      durations.put(name + "." + step, duration);
    }
  }

  public Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  public Map<String, Duration> durations() {
    return Collections.unmodifiableMap(durations);
  }
}
