/** What Corner Shop's applications are served with and call each other with. */
@NullMarked
package io.signalbox.shop.web;

import org.jspecify.annotations.NullMarked;
