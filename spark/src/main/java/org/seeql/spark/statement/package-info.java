/**
 * SeeQL's statements in Spark SQL: parser, commands and queries. {@link
 * org.seeql.spark.SeeqlExtensions} installs the parser.
 */
package org.seeql.spark.statement;
