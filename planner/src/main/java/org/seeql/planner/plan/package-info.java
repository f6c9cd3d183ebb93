/**
 * Options and plans: a statement and the options of all sources become one plan with checked
 * values. {@code job} executes the plans, and the launcher reads them for its manifests.
 */
package org.seeql.planner.plan;
