/** Picks one endpoint out of those that may serve: one class an algorithm. */
@NullMarked
package io.signalbox.mesh.balance;

import org.jspecify.annotations.NullMarked;
