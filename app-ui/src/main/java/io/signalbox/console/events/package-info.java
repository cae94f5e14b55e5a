/** The events screen: what happened, newest first. */
@NullMarked
package io.signalbox.console.events;

import org.jspecify.annotations.NullMarked;
