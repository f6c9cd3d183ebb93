/**
 * Predictions for the images of a DataFrame, as an API for Java, Scala and Python. User code calls
 * {@link org.seeql.spark.frame.Seeql}, and the packages next to it share its classes.
 */
package org.seeql.spark.frame;
