/** What the console asks of the mesh: commands off the user-interface thread, each with an outcome. */
@NullMarked
package io.signalbox.console.control;

import org.jspecify.annotations.NullMarked;
