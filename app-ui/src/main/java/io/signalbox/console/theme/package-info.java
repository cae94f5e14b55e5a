/** Colours, type faces and motion of the console, and the setting that picks them. */
@NullMarked
package io.signalbox.console.theme;

import org.jspecify.annotations.NullMarked;
