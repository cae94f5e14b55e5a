/** What the tests of all screens share. */
@NullMarked
package io.signalbox.console.screen;

import org.jspecify.annotations.NullMarked;
