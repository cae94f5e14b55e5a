/** The applications of Corner Shop, one class a service. */
@NullMarked
package io.signalbox.shop.service;

import org.jspecify.annotations.NullMarked;
