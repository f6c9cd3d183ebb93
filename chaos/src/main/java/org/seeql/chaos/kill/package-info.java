/**
 * Suites that kill or suspend drivers, executors, servers and connections. {@link
 * org.seeql.chaos.Chaos} selects them.
 */
package org.seeql.chaos.kill;
