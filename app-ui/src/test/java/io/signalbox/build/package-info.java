/** Guards over the shape of the console. */
@NullMarked
package io.signalbox.build;

import org.jspecify.annotations.NullMarked;
