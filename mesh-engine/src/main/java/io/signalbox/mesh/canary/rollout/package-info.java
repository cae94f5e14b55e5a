/** Rollouts as values: what each follows, where it stands, and what becomes of it when something happens. */
@NullMarked
package io.signalbox.mesh.canary.rollout;

import org.jspecify.annotations.NullMarked;
