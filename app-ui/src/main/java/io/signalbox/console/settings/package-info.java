/** How the console looks and listens, as the person wants it. */
@NullMarked
package io.signalbox.console.settings;

import org.jspecify.annotations.NullMarked;
