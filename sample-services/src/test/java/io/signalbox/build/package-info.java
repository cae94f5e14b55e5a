/** Guards over the shape of the sample services. */
@NullMarked
package io.signalbox.build;

import org.jspecify.annotations.NullMarked;
