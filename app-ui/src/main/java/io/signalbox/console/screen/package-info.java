/** What the screens over a mesh have in common. */
@NullMarked
package io.signalbox.console.screen;

import org.jspecify.annotations.NullMarked;
