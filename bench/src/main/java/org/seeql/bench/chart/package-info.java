/** Charts as SVG, without dependencies. */
package org.seeql.bench.chart;
