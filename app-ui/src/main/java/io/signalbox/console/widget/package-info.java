/** The console's own controls and drawings. */
@NullMarked
package io.signalbox.console.widget;

import org.jspecify.annotations.NullMarked;
