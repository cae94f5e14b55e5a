/** Changes of policies that are taken back by themselves unless somebody keeps them. */
@NullMarked
package io.signalbox.console.confirm;

import org.jspecify.annotations.NullMarked;
