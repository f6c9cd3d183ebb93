/**
 * The execution of a run: selection, Spark job, progress, end, and resumption. {@code
 * org.seeql.job.SeeqlSession} calls it for each statement.
 */
package org.seeql.job.run;
