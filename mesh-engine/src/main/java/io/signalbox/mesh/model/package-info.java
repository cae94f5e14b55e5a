/** What an operator asked for: validated, immutable records. */
@NullMarked
package io.signalbox.mesh.model;

import org.jspecify.annotations.NullMarked;
