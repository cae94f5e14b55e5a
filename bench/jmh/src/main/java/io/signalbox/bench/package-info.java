/** Micro benchmarks: what the steps of a request cost, one by one. */
@NullMarked
package io.signalbox.bench;

import org.jspecify.annotations.NullMarked;
