/**
 * What a Spark task does: rows of a partition become predictions and rows of the result. {@code
 * org.seeql.job.run} starts the tasks, and the Spark module shares the pipelines.
 */
package org.seeql.job.inference;
