/**
 * SQL functions such as {@code detect}, and the plan nodes that evaluate them in batches. {@link
 * org.seeql.spark.SeeqlExtensions} installs them.
 */
package org.seeql.spark.function;
