/** The breakers screen: one tile a circuit. */
@NullMarked
package io.signalbox.console.breakers;

import org.jspecify.annotations.NullMarked;
