/**
 * TO FIND: candidates, the chosen plan and its records in the database. {@code
 * org.seeql.job.SeeqlSession} executes it, and the report displays the plan.
 */
package org.seeql.job.find;
