/** The experiment that compares ways to choose models. {@code bench/experiment_4_4} starts it. */
package org.seeql.bench.choice;
