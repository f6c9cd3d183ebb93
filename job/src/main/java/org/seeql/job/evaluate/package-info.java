/**
 * TO EVALUATE: comparison of a model's answers with labels, timings, and profiles in the database.
 * {@code org.seeql.job.SeeqlSession} executes it, and {@code org.seeql.job.find} loads the
 * profiles.
 */
package org.seeql.job.evaluate;
