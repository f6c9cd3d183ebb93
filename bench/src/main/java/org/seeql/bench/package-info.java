/** Benchmarks, which measure ratios within one run. {@code bench/run} starts them. */
package org.seeql.bench;
