/** Corner Shop, the demo mesh: puts its services, faults and load into a mesh and drives them. */
@NullMarked
package io.signalbox.shop;

import org.jspecify.annotations.NullMarked;
