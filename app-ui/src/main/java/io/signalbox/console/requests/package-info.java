/** The requests screen: requests as they end, and the walk of one of them, hop by hop. */
@NullMarked
package io.signalbox.console.requests;

import org.jspecify.annotations.NullMarked;
