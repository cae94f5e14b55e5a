/** The shop in many processes: those that keep them running, and what runs in each. */
@NullMarked
package io.signalbox.shop.process;

import org.jspecify.annotations.NullMarked;
