/**
 * Metrics for Prometheus, on the driver and on each executor. Spark loads the plugin by its class
 * name.
 */
package org.seeql.job.metrics;
