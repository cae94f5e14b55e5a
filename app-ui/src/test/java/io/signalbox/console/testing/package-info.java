/** What the console's tests share. */
@NullMarked
package io.signalbox.console.testing;

import org.jspecify.annotations.NullMarked;
