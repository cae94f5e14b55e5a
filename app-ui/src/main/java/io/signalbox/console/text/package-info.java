/** Every word a person reads, by key and language. */
@NullMarked
package io.signalbox.console.text;

import org.jspecify.annotations.NullMarked;
