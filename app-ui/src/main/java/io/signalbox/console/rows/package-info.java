/** Lists on screen whose rows are keyed and updated in place. */
@NullMarked
package io.signalbox.console.rows;

import org.jspecify.annotations.NullMarked;
