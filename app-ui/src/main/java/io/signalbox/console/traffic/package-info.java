/** The traffic screen: how each service's requests are divided, asked beside got. */
@NullMarked
package io.signalbox.console.traffic;

import org.jspecify.annotations.NullMarked;
