/**
 * Pipelines that read, decode, batch and infer images, with bounded memory. {@code
 * org.seeql.job.inference} streams the rows of a partition through them.
 */
package org.seeql.udf.batch;
