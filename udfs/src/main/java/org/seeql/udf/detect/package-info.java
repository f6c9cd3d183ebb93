/**
 * Detections, class scores and thresholds. Layouts create them from tensors, and {@code job} writes
 * them as rows.
 */
package org.seeql.udf.detect;
