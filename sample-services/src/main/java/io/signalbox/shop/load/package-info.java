/** The shoppers: open-loop load from a seed. */
@NullMarked
package io.signalbox.shop.load;

import org.jspecify.annotations.NullMarked;
