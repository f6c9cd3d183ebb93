/**
 * Measures of a model's answers against labels, and timings of the model. {@code
 * org.seeql.job.evaluate} computes the profiles of models with them.
 */
package org.seeql.udf.evaluate;
