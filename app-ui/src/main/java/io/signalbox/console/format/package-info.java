/** How numbers, durations and times are written, in one place. */
@NullMarked
package io.signalbox.console.format;

import org.jspecify.annotations.NullMarked;
