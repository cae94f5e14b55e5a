/** What a change would have made of the requests so far, beside the button that makes it. */
@NullMarked
package io.signalbox.console.whatif;

import org.jspecify.annotations.NullMarked;
