/**
 * The system tables of runs: selections, partitions, leases, targets and completed images. {@code
 * job} records runs in them, and {@code datasets} reads the results of runs.
 */
package org.seeql.database.ledger;
