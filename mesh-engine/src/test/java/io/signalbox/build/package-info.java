/** Guards over the sources and the shape of all modules: formatting, architecture, nullness. */
@NullMarked
package io.signalbox.build;

import org.jspecify.annotations.NullMarked;
