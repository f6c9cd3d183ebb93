/** Rows in files: their columns and types, and the formats Parquet, CSV and JSON lines. */
package org.seeql.job.file;
