/** Documents and settings: read, checked with line and column, explained, and written. */
@NullMarked
package io.signalbox.mesh.config;

import org.jspecify.annotations.NullMarked;
