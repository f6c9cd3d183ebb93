/**
 * Profiles of models: cost, and rates per class, with samples of which classes occur together. The
 * optimizer chooses models by them; {@code job} stores and loads them.
 */
package org.seeql.planner.model;
