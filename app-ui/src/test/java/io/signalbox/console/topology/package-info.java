@NullMarked
package io.signalbox.console.topology;

import org.jspecify.annotations.NullMarked;
