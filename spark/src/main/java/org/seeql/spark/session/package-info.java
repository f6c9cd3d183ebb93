/**
 * Settings, the database and the errors of a Spark session. The packages for statements, functions
 * and frames use it.
 */
package org.seeql.spark.session;
