package org.seeql.job.inference;

import java.lang.reflect.Field;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.executor.CoarseGrainedExecutorBackend;
import org.apache.spark.executor.ExecutorBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/** The cores of the executor on which a task runs. */
public final class ExecutorCores {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorCores.class);

  private ExecutorCores() {}

  /**
   * The number of cores that Spark has assigned to this JVM. If {@code spark.executor.cores} is not
   * set, a standalone cluster gives an executor all cores of its worker; only the executor knows
   * that number.
   *
   * @param known the number that the driver knows; it applies if this JVM is also the driver
   */
  public static int here(int known) {
    SparkEnv env = SparkEnv.get();
    if (env == null) {
      return known;
    }
    Option<ExecutorBackend> backend = env.executorBackend();
    return backend.isDefined() && backend.get() instanceof CoarseGrainedExecutorBackend coarse
        ? find(coarse).orElse(known)
        : known;
  }

  // Spark exposes the number only in messages
  private static Optional<Integer> find(CoarseGrainedExecutorBackend backend) {
    try {
      Field cores = CoarseGrainedExecutorBackend.class.getDeclaredField("cores");
      cores.setAccessible(true);
      return Optional.of(cores.getInt(backend)).filter(n -> n > 0);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("Spark does not report the number of cores of this executor", e);
      return Optional.empty();
    }
  }
}
