/** Lines of text over TCP: what Corner Shop's stock is served with and asked with. */
@NullMarked
package io.signalbox.shop.line;

import org.jspecify.annotations.NullMarked;
