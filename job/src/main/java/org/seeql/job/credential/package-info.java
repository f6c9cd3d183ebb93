/**
 * The exchange of the database's password between driver and executors, over Spark's connections.
 * Tasks in other processes open their connections with it.
 */
package org.seeql.job.credential;
