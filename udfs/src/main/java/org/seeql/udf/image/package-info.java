/**
 * Readers and decoders of image files, from untrusted bytes to float32 tensors. The pipelines of
 * {@code org.seeql.udf.batch} and the import of folders use them.
 */
package org.seeql.udf.image;
