/** The demo without a display: runs Corner Shop and reports on it. */
@NullMarked
package io.signalbox.shop.demo;

import org.jspecify.annotations.NullMarked;
