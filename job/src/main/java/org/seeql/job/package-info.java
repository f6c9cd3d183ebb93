/**
 * The API: sessions that execute statements, their options, listeners and results. The command line
 * and the Spark module call it.
 */
package org.seeql.job;
