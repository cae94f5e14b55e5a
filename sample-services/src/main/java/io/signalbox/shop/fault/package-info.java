/** The faults planted in Corner Shop, each off until switched on. */
@NullMarked
package io.signalbox.shop.fault;

import org.jspecify.annotations.NullMarked;
