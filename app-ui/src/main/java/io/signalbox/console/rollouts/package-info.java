/** The rollouts screen: how each rollout stands and why, what a person can do about it, and how those before it ended. */
@NullMarked
package io.signalbox.console.rollouts;

import org.jspecify.annotations.NullMarked;
