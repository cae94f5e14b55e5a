/** The main window: rail, top bar, screens, palette and keys. */
@NullMarked
package io.signalbox.console.shell;

import org.jspecify.annotations.NullMarked;
