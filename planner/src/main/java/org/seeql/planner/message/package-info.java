/**
 * Suggestions of known names for an unknown name. All modules that read names use it in their
 * messages.
 */
package org.seeql.planner.message;
