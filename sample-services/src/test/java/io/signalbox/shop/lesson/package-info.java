/** What the planted faults do to the shop in a real mesh, and what mends them. */
@NullMarked
package io.signalbox.shop.lesson;

import org.jspecify.annotations.NullMarked;
