/** The WebSocket through which the shop tells its shoppers what happens. */
@NullMarked
package io.signalbox.shop.live;

import org.jspecify.annotations.NullMarked;
