@NullMarked
package io.signalbox.console.topology.view;

import org.jspecify.annotations.NullMarked;
