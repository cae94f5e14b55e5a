/** Where nodes stand and how edges run. Free of the toolkit. */
@NullMarked
package io.signalbox.console.topology.layout;

import org.jspecify.annotations.NullMarked;
