package org.seeql.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkMetricsTest {
  @ParameterizedTest
  @CsvSource({
    "executor, threadpool.activeTasks, spark_executor_threadpool_active_tasks",
    "BlockManager, memory.maxMem_MB, spark_block_manager_memory_max_mem_mb",
    "DAGScheduler, stage.failedStages, spark_dag_scheduler_stage_failed_stages",
    "ExecutorMetrics, JVMHeapMemory, spark_executor_metrics_jvm_heap_memory",
    "LiveListenerBus, queue.executorManagement.size,"
        + " spark_live_listener_bus_queue_executor_management_size"
  })
  void namesAMetricInPrometheussWay(String source, String metric, String name) {
    assertThat(SparkMetrics.name(source, metric)).isEqualTo(name);
  }

  @Test
  void takesGaugesAndCountsAndLeavesOutWhatIsNoNumberOrCannotBeRead() {
    MetricRegistry spark = new MetricRegistry();
    spark.registerGauge("threadpool.activeTasks", () -> 3);
    spark.registerGauge("version", () -> "4.1.1");
    spark.registerGauge(
        "broken",
        (Gauge<Integer>)
            () -> {
              throw new IllegalStateException("not yet");
            });
    spark.counter("succeededTasks").inc(7);
    spark.timer("messageProcessingTime").update(java.time.Duration.ofSeconds(1));
    spark.histogram("sizes").update(5);
    Map<String, MetricSnapshot> metrics = new LinkedHashMap<>();

    SparkMetrics.collect("executor", spark, metrics);

    assertThat(metrics.keySet())
        .containsExactlyInAnyOrder(
            "spark_executor_threadpool_active_tasks",
            "spark_executor_succeeded_tasks",
            "spark_executor_message_processing_time");
    assertThat(metrics.get("spark_executor_threadpool_active_tasks"))
        .isInstanceOfSatisfying(
            GaugeSnapshot.class,
            gauge -> assertThat(gauge.getDataPoints().get(0).getValue()).isEqualTo(3));
    assertThat(metrics.get("spark_executor_succeeded_tasks"))
        .isInstanceOfSatisfying(
            CounterSnapshot.class,
            counter -> assertThat(counter.getDataPoints().get(0).getValue()).isEqualTo(7));
  }
}
