/** The policies screen: what holds for each service, edited as text, checked while it is typed, and its history. */
@NullMarked
package io.signalbox.console.policies;

import org.jspecify.annotations.NullMarked;
