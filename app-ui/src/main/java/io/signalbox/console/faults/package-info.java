/** The faults and load screen: what a scenario breaks on purpose, and how much it asks. */
@NullMarked
package io.signalbox.console.faults;

import org.jspecify.annotations.NullMarked;
